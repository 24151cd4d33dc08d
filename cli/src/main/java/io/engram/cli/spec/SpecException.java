package io.engram.cli.spec;

import java.util.List;
import java.util.stream.Collectors;

/** A run spec that cannot be read. The message has one line for each problem. */
public final class SpecException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SpecException(String file, List<SpecProblem> problems) {
        super(problems.stream().map(problem -> problem.describe(file)).collect(Collectors.joining("\n")));
    }
}
