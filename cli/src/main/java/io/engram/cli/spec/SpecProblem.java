package io.engram.cli.spec;

/**
 * One thing that is wrong with a run spec.
 *
 * @param line 1-based; 0 where it is about the whole file
 * @param path where in the spec, for example {@code memory.capacity}; empty for the whole
 * @param message what is wrong and what is allowed
 */
public record SpecProblem(int line, String path, String message) {
    /** One readable line. */
    String describe(String file) {
        String where = line > 0 ? file + ":" + line : file;
        return where + ": " + (path.isEmpty() ? "" : path + ": ") + message;
    }
}
