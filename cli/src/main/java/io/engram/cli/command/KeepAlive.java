package io.engram.cli.command;

import io.engram.cli.stack.PrivateStack;
import java.util.concurrent.TimeUnit;

/** Waits while a stack is well. */
final class KeepAlive {
    private static final long PAUSE_MILLIS = 500;

    private KeepAlive() {}

    /** For people: also from another terminal, where this command runs in the background. */
    static String howToStop() {
        return "Ctrl-C or `kill " + ProcessHandle.current().pid() + "`";
    }

    /**
     * Waits until this process is told to end.
     *
     * @throws io.engram.cli.client.CommandFailure where something of the stack ends
     */
    static void until(PrivateStack stack) throws InterruptedException {
        while (true) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            stack.checkAlive();
        }
    }
}
