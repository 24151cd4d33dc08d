package io.engram.cli.view;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is known about the terminal. */
public final class Terminal {
    private static final int DEFAULT_COLUMNS = 120;
    private static final int LEAST_COLUMNS = 40;

    private Terminal() {}

    /** Whether one of this process's files (1: standard output, 2: standard error) is a terminal. */
    public static boolean isTerminal(int file) {
        try {
            String target =
                    Files.readSymbolicLink(Path.of("/proc/self/fd/" + file)).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            return System.console() != null;
        }
    }

    /** Its width, as the launcher says it. */
    public static int columns() {
        String columns = System.getenv("COLUMNS");
        try {
            return columns == null ? DEFAULT_COLUMNS : Math.max(LEAST_COLUMNS, Integer.parseInt(columns.strip()));
        } catch (NumberFormatException e) {
            return DEFAULT_COLUMNS;
        }
    }
}
