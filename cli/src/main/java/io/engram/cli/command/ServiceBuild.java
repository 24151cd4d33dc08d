package io.engram.cli.command;

import io.engram.localstack.EngramHome;
import io.engram.localstack.ServiceCommands;
import picocli.CommandLine.Option;

/** Which build of the services a stack runs. */
final class ServiceBuild {
    @Option(
            names = "--native",
            description = "Run the services as native executables, which `mvn -Pnative -DskipTests package` makes.")
    private boolean executables;

    ServiceCommands commands() {
        EngramHome home = EngramHome.find();
        return executables ? ServiceCommands.executables(home) : ServiceCommands.jars(home);
    }
}
