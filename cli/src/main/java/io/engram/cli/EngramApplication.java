package io.engram.cli;

import io.engram.cli.client.EngramClient;
import io.engram.cli.command.EngramCommand;
import io.quarkus.runtime.annotations.QuarkusMain;
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
        // Beside the declarations of the command, since both are a good part of the start.
        Thread loading = new Thread(() -> loadLibraries(arguments), "loading");
        loading.start();
        CommandLine line = EngramCommand.lineFor(arguments);
        loading.join();
        System.exit(line.execute(arguments));
    }

    private static void loadLibraries(String... arguments) {
        quietLibraries();
        // Of those that name no command, --help and --version, none talks to a stack.
        if (arguments.length > 0 && !arguments[0].startsWith("-")) {
            EngramClient.load();
        }
    }

    /** Libraries log what commands say in their own words. */
    private static void quietLibraries() {
        // The one that the libraries were built to log to: they complain of another on standard error.
        System.setProperty("java.util.logging.manager", LogManager.class.getName());
        Logger.getLogger("").setLevel(Level.SEVERE);
    }
}
