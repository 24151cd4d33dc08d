package io.engram.learning.setting;

import java.util.List;
import java.util.Map;

/**
 * Settings of a catalog entry after they were checked: every setting has a value.
 *
 * @param values by setting name
 */
public record Settings(Map<String, Object> values) {

    public Settings {
        values = Map.copyOf(values);
    }

    public double number(String name) {
        return (Double) values.get(name);
    }

    /** A whole number. */
    public int integer(String name) {
        return (int) number(name);
    }

    public boolean flag(String name) {
        return (Boolean) values.get(name);
    }

    public String text(String name) {
        return (String) values.get(name);
    }

    public List<Integer> integers(String name) {
        return ((List<?>) values.get(name))
                .stream().map(v -> ((Double) v).intValue()).toList();
    }
}
