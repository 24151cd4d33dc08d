/** Update rules, as tensor-program text. Start at {@link io.engram.learning.optimizer.Optimizer} and {@link io.engram.learning.optimizer.Optimizers}. */
package io.engram.learning.optimizer;
