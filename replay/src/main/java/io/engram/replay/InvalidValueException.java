package io.engram.replay;

import java.util.List;
import java.util.stream.Collectors;

/** Values that are not allowed, each with its field, what it was and what is allowed. Nothing was changed. */
public final class InvalidValueException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<Violation> violations;

    InvalidValueException(List<Violation> violations) {
        super(violations.stream().map(Violation::toString).collect(Collectors.joining(", ")));
        this.violations = List.copyOf(violations);
    }

    InvalidValueException(String field, Object value, String allowed) {
        this(List.of(new Violation(field, String.valueOf(value), allowed)));
    }

    /** All of them, at least one. */
    public List<Violation> violations() {
        return violations;
    }
}
