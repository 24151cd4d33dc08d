package io.engram.learning.setting;

import java.util.Objects;

/**
 * A value that was refused.
 *
 * @param field path of the field within the run spec, for example {@code method.settings.lambda}
 * @param value what was given, as text
 * @param allowed what is allowed, for people
 */
public record Violation(String field, String value, String allowed) {

    public Violation {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(allowed, "allowed");
    }

    @Override
    public String toString() {
        return field + ": was " + value + "; allowed: " + allowed;
    }
}
