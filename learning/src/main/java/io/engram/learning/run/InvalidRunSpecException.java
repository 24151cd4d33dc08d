package io.engram.learning.run;

import io.engram.learning.setting.Violation;
import java.util.List;
import java.util.stream.Collectors;

/** A run spec was refused. Carries every violation, not only the first. */
public final class InvalidRunSpecException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient List<Violation> violations;

    public InvalidRunSpecException(List<Violation> violations) {
        super(violations.stream().map(Violation::toString).collect(Collectors.joining("\n")));
        this.violations = List.copyOf(violations);
    }

    public List<Violation> violations() {
        return violations;
    }
}
