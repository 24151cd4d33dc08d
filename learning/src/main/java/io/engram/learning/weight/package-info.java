/**
 * Weights from outside: read from safetensors files and NumPy archives and matched by name. Start at {@link
 * io.engram.learning.weight.PretrainedBackbone}.
 */
package io.engram.learning.weight;
