package io.engram.cli.watch;

import io.engram.cli.view.Terminal;
import java.io.PrintStream;
import java.time.Clock;

/** Chooses how progress is shown. */
public final class Progress {
    private Progress() {}

    /** On the standard error: a bar on a terminal, plain lines elsewhere. */
    public static ProgressView onStandardError() {
        PrintStream out = System.err;
        return Terminal.isTerminal(2)
                ? new BarProgress(out, Terminal.columns())
                : new LineProgress(out, Clock.systemUTC());
    }
}
