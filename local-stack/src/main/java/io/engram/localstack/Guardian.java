package io.engram.localstack;

import java.io.IOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A small shell process that outlives this one when this one is killed, and then stops the children that are left. It
 * hears of them through its standard input, whose end tells it that this process is gone.
 *
 * <p>Not safe for concurrent use; {@link ChildProcesses} guards it.
 */
final class Guardian implements AutoCloseable {
    /** Signals go to the process group where a child leads one, otherwise to the child. */
    private static final String SCRIPT = """
            trap '' INT TERM HUP
            children=''
            while read -r operation pid; do
              rest=''
              for child in $children; do
                [ "${child#*:}" = "$pid" ] || rest="$rest $child"
              done
              children=$rest
              [ "$operation" = gone ] || children="$children $operation:$pid"
            done
            send() { kill -s "$1" -- "-$2" 2>/dev/null || kill -s "$1" "$2" 2>/dev/null; }
            for child in $children; do send "${child%%:*}" "${child#*:}"; done
            for round in 1 2 3 4 5 6 7 8 9 10; do
              alive=''
              for child in $children; do kill -0 "${child#*:}" 2>/dev/null && alive="$alive $child"; done
              children=$alive
              [ -z "$children" ] && exit 0
              sleep 0.5
            done
            for child in $children; do send KILL "${child#*:}"; done
            """;

    private final Process process;
    private final Writer input;

    Guardian() throws IOException {
        process = new ProcessBuilder(OwnProcessGroup.command(List.of("sh", "-c", SCRIPT)))
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        input = process.outputWriter(StandardCharsets.US_ASCII);
    }

    void watch(long pid, StopSignal signal) {
        tell(signal + " " + pid);
    }

    void forget(long pid) {
        tell("gone " + pid);
    }

    private void tell(String line) {
        try {
            input.write(line + "\n");
            input.flush();
        } catch (IOException e) {
            // It was killed. Children are then safe from everything but this process being killed too.
            process.destroy();
        }
    }

    /** Ends it. Children that it was not told to forget are stopped. */
    @Override
    public void close() {
        try {
            input.close();
        } catch (IOException e) {
            process.destroyForcibly();
        }
    }
}
