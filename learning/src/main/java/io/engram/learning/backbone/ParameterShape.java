package io.engram.learning.backbone;

import java.util.List;

/**
 * A parameter before it has values.
 *
 * @param name for example {@code backbone.0.weight}
 * @param shape its dimensions
 * @param fanIn inputs of one unit. Initial values are uniform in {@code ±1/sqrt(fanIn)}, PyTorch's default for linear and
 *     convolution layers ({@code kaiming_uniform_(a=sqrt(5))} for weights, the same bound for biases)
 */
public record ParameterShape(String name, List<Integer> shape, int fanIn) {

    public ParameterShape {
        shape = List.copyOf(shape);
    }

    /** Values it has. */
    public long size() {
        return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }

    /** The bound of initial values. */
    public float bound() {
        return (float) (1 / Math.sqrt(fanIn));
    }
}
