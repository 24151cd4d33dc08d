package io.engram.cli.spec;

import java.util.List;
import java.util.stream.Collectors;

/** A run spec that cannot be read. The message has one line for each problem. */
public final class SpecException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final int MOST_PROBLEMS = 100;

    SpecException(String file, List<SpecProblem> problems) {
        super(problems.stream()
                        .limit(MOST_PROBLEMS)
                        .map(problem -> problem.describe(file))
                        .collect(Collectors.joining("\n"))
                + more(problems.size() - MOST_PROBLEMS));
    }

    private static String more(int count) {
        return count > 0 ? "\nand " + count + " more" : "";
    }
}
