package io.engram.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The command that the documentation tells people to use. */
record Kubectl(Path executable, Path kubeconfig) {

    /** @throws AssertionError with its output, where it fails */
    String run(String... arguments) throws IOException, InterruptedException {
        return Command.output(command(arguments));
    }

    Command.Result attempt(String... arguments) throws IOException, InterruptedException {
        return Command.attempt(command(arguments));
    }

    private String[] command(String... arguments) {
        return Stream.concat(Stream.of(executable.toString(), "--kubeconfig=" + kubeconfig), Stream.of(arguments))
                .toArray(String[]::new);
    }
}
