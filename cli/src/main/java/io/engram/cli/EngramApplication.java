package io.engram.cli;

import io.engram.cli.command.EngramCommand;
import io.engram.cli.command.Failures;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;

/** Where the command begins. Quarkus builds it, also as an executable; nothing of Quarkus is started, which would take longer than most commands. */
@QuarkusMain
public final class EngramApplication {
    private EngramApplication() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String... arguments) {
        // Libraries log what commands say in their own words.
        Logger.getLogger("").setLevel(Level.SEVERE);
        System.exit(commandLine().execute(arguments));
    }

    /** All commands, with their way of telling failures. */
    static CommandLine commandLine() {
        return Failures.toldReadably(new CommandLine(new EngramCommand()));
    }
}
