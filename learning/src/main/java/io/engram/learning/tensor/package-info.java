/** The one place that knows the engine's insides. Start at {@link io.engram.learning.tensor.TensorProgram} and {@link io.engram.learning.tensor.TensorEngine}. */
package io.engram.learning.tensor;
