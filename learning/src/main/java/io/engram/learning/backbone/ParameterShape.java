package io.engram.learning.backbone;

import java.util.List;

/**
 * A parameter before it has values.
 *
 * @param name for example {@code backbone.0.weight}
 * @param shape its dimensions
 * @param initial where its first values come from
 */
public record ParameterShape(String name, List<Integer> shape, Initial initial) {

    public ParameterShape {
        shape = List.copyOf(shape);
    }

    /** @param fanIn inputs of one unit, as in {@link Initial#ofLayer} */
    public ParameterShape(String name, List<Integer> shape, int fanIn) {
        this(name, shape, Initial.ofLayer(fanIn));
    }

    /** Values it has. */
    public long size() {
        return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }
}
