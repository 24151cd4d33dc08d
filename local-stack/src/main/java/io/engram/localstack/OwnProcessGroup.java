package io.engram.localstack;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Children lead a process group of their own, so that Ctrl-C in a terminal reaches this process alone, which then stops
 * them in order; and so that what they started is stopped with them.
 */
final class OwnProcessGroup {
    private OwnProcessGroup() {}

    /** The command that runs the given one as leader of a new group, where the machine has {@code setsid}. */
    static List<String> command(List<String> command) {
        List<String> all = new ArrayList<>();
        program("setsid").ifPresent(setsid -> all.add(setsid.toString()));
        all.addAll(command);
        return all;
    }

    /** Where a program is on the {@code PATH}. */
    static Optional<Path> program(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Sends a signal to the group that a process leads, or to the process alone where it leads none. */
    static void signal(long pid, StopSignal signal) {
        String script = "kill -s \"$1\" -- \"-$2\" || kill -s \"$1\" \"$2\"";
        try {
            new ProcessBuilder("sh", "-c", script, "sh", signal.name(), Long.toString(pid))
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
