package io.engram.cli;

import io.engram.cli.command.EngramCommand;
import io.engram.cli.command.Failures;
import io.quarkus.picocli.runtime.PicocliCommandLineFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import picocli.CommandLine;

/** Makes the command line with its way of telling failures. */
@ApplicationScoped
public class EngramApplication {
    /** The command line that Quarkus runs. */
    @Produces
    CommandLine commandLine(PicocliCommandLineFactory factory) {
        return Failures.toldReadably(factory.create());
    }

    /** The same without Quarkus, for tests. */
    static CommandLine plain() {
        return Failures.toldReadably(new CommandLine(new EngramCommand()));
    }
}
