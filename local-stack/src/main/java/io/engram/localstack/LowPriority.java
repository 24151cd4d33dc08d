package io.engram.localstack;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Lets a process that leads its own group take only what others leave of the processors. Linux weighs sessions against each
 * other before it weighs processes within one ({@code sched(7)}, "The autogroup feature"), so both are told.
 */
final class LowPriority {
    private static final String LOWEST = "19";

    private LowPriority() {}

    /** Where the machine does not allow it, the process keeps the priority that it has. */
    static void give(long pid) {
        try {
            Path autogroup = Path.of("/proc/" + pid + "/autogroup");
            if (Files.exists(autogroup)) {
                Files.writeString(autogroup, LOWEST);
            }
            new ProcessBuilder("renice", "-n", LOWEST, "-g", Long.toString(pid))
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            // It is a matter of speed alone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
