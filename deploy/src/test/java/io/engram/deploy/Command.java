package io.engram.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Programs of this machine, run to their end. */
final class Command {

    /** What it printed; its errors and warnings are part of that. */
    record Result(int status, String output) {}

    private Command() {}

    /**
     * What it printed, without the last line's end.
     *
     * @throws AssertionError with its output, where it fails
     */
    static String output(String... command) throws IOException, InterruptedException {
        Result result = attempt(command);
        if (result.status != 0) {
            throw new AssertionError(String.join(" ", command) + "\n" + result.output);
        }
        return result.output.strip();
    }

    static Result attempt(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(command))
                .directory(Repository.ROOT.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }
}
