package io.engram.learning.setting;

import java.util.Map;
import java.util.Objects;

/**
 * A part of a run that is chosen by name from a catalog.
 *
 * @param name the name in the catalog
 * @param settings values by setting name: {@link Double}, {@link Boolean}, {@link String}, or a {@link java.util.List}
 *     of them
 */
public record Component(String name, Map<String, Object> settings) {

    public Component {
        Objects.requireNonNull(name, "name");
        settings = Map.copyOf(settings);
    }

    public static Component named(String name) {
        return new Component(name, Map.of());
    }
}
