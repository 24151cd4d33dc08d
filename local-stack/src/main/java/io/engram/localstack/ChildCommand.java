package io.engram.localstack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How to start a child process, and how to stop it.
 *
 * @param name what people call it, for example {@code Kafka}
 * @param command the program and its arguments
 * @param environment added to the environment of this process
 * @param input the file it reads as standard input; where absent there is nothing to read
 * @param log the file that takes its output
 * @param stage children of a higher stage are stopped before those of a lower one
 * @param stopSignal asks it to stop
 * @param grace how long it may take to stop before it is killed
 */
record ChildCommand(
        String name,
        List<String> command,
        Map<String, String> environment,
        Optional<Path> input,
        Path log,
        int stage,
        StopSignal stopSignal,
        Duration grace) {
    /** What others build on: they are stopped last. */
    static final int BACKEND = 0;
    /** The buffer service: a trainer that stops gives its replay memory back there. */
    static final int BUFFER = 1;
    /** What builds on all of these. */
    static final int SERVICE = 2;

    /** glibc gives large freed blocks back at every chance; keeping them saves the page faults. */
    private static final Map<String, String> MALLOC = Map.of(
            "MALLOC_TRIM_THRESHOLD_", "1073741824",
            "MALLOC_MMAP_THRESHOLD_", "33554432",
            "MALLOC_TOP_PAD_", "67108864");

    ChildCommand {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    static ChildCommand of(String name, List<String> command, Path log) {
        return new ChildCommand(
                name, command, MALLOC, Optional.empty(), log, BACKEND, StopSignal.TERM, Duration.ofSeconds(10));
    }

    ChildCommand withEnvironment(Map<String, String> added) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(added);
        return new ChildCommand(name, command, all, input, log, stage, stopSignal, grace);
    }

    ChildCommand withInput(Path file) {
        return new ChildCommand(name, command, environment, Optional.of(file), log, stage, stopSignal, grace);
    }

    ChildCommand withStage(int other) {
        return new ChildCommand(name, command, environment, input, log, other, stopSignal, grace);
    }

    ChildCommand stoppedBy(StopSignal signal, Duration within) {
        return new ChildCommand(name, command, environment, input, log, stage, signal, within);
    }
}
