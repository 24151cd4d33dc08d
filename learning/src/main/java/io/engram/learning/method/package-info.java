/** Continual-learning methods, one file each. Start at {@link io.engram.learning.method.Method} and at {@code Finetune}, the one to copy; the catalog is {@link io.engram.learning.method.Methods}. */
package io.engram.learning.method;
