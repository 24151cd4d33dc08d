package io.engram.cli;

import io.engram.cli.client.EngramClient;
import io.engram.cli.command.EngramCommand;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jboss.logmanager.LogManager;
import picocli.CommandLine;

/**
 * Where the command begins. Quarkus builds it, also as an executable, but is not started: that would take half as long again as the rest of
 * the start.
 */
@QuarkusMain
public final class EngramApplication {
    private EngramApplication() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String... arguments) throws InterruptedException {
        CountDownLatch quiet = new CountDownLatch(1);
        load(quiet);
        CommandLine line = EngramCommand.lineFor(arguments);
        quiet.await();
        System.exit(line.execute(arguments));
    }

    /** Beside the declarations of the command, since all of it is a good part of the start. */
    private static void load(CountDownLatch quiet) {
        Thread loading = new Thread(
                () -> {
                    try {
                        quietLibraries();
                    } finally {
                        quiet.countDown();
                    }
                    EngramClient.load();
                },
                "loading");
        loading.setDaemon(true);
        loading.start();
    }

    /** Libraries log what commands say in their own words. */
    private static void quietLibraries() {
        // The one that the libraries were built to log to: they complain of another on standard error.
        System.setProperty("java.util.logging.manager", LogManager.class.getName());
        Logger.getLogger("").setLevel(Level.SEVERE);
    }
}
