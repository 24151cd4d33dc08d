package io.engram.cli.command;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Seconds since this process started, the start of its JVM included. */
final class Stopwatch {
    private Stopwatch() {}

    static double seconds() {
        Optional<Instant> start = ProcessHandle.current().info().startInstant();
        return start.map(instant -> Duration.between(instant, Instant.now()).toMillis() / 1000.0)
                .orElse(0.0);
    }
}
