package io.engram.learning.setting;

import java.util.Objects;

/**
 * A value that was refused.
 *
 * @param field path of the field within the run spec, for example {@code method.settings.lambda}
 * @param value what was given, as text; cut after {@value #LONGEST_VALUE} characters, since anything may come in
 * @param allowed what is allowed, for people
 */
public record Violation(String field, String value, String allowed) {
    private static final int LONGEST_VALUE = 200;

    public Violation {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(allowed, "allowed");
        if (value.length() > LONGEST_VALUE) {
            value = value.substring(0, LONGEST_VALUE) + "…";
        }
    }

    @Override
    public String toString() {
        return field + ": was " + value + "; allowed: " + allowed;
    }
}
