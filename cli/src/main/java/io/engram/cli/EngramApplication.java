package io.engram.cli;

import io.engram.cli.command.EngramCommand;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jboss.logmanager.LogManager;

/**
 * Where the command begins. Quarkus builds it, also as an executable, but is not started: that would take half as long again as the rest of
 * the start.
 */
@QuarkusMain
public final class EngramApplication {
    private EngramApplication() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String... arguments) {
        // The one that the libraries were built to log to: they complain of another on standard error.
        System.setProperty("java.util.logging.manager", LogManager.class.getName());
        // Libraries log what commands say in their own words.
        Logger.getLogger("").setLevel(Level.SEVERE);
        System.exit(EngramCommand.lineFor(arguments).execute(arguments));
    }
}
