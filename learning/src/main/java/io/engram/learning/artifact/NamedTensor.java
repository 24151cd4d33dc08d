package io.engram.learning.artifact;

import java.util.List;

/**
 * A float tensor of a model, outside the engine.
 *
 * @param name for example {@code backbone.0.weight}
 * @param shape its dimensions
 * @param values in row-major order, as many as the shape says
 */
public record NamedTensor(String name, List<Integer> shape, float[] values) {

    public NamedTensor {
        shape = List.copyOf(shape);
        long expected = shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
        if (values.length != expected) {
            throw new IllegalArgumentException(
                    name + " of shape " + shape + " needs " + expected + " values, but has " + values.length);
        }
    }
}
