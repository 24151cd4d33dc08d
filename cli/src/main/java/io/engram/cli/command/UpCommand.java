package io.engram.cli.command;

import io.engram.cli.stack.PrivateStack;
import io.engram.localstack.StackOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts a stack and keeps it. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Start Kafka, PostgreSQL and the three services on this machine and keep them until Ctrl-C.")
final class UpCommand implements Callable<Integer> {
    @Option(
            names = "--data-folder",
            paramLabel = "FOLDER",
            defaultValue = ".engram/data",
            description = "What the stack keeps: runs, results, events, models (${DEFAULT-VALUE}).")
    private Path dataFolder;

    @Option(
            names = "--data-dir",
            paramLabel = "FOLDER",
            description = "Data sets such as mnist/; also ENGRAM_DATA_DIR.")
    private Path dataDir;

    @Option(
            names = "--host",
            defaultValue = StackOptions.LOOPBACK,
            description = "The address that Kafka and the services listen on (${DEFAULT-VALUE}). Nothing there asks for"
                    + " a password: leave it at the loopback address on a machine that others reach.")
    private String host;

    @Mixin
    private ServiceBuild build;

    @Mixin
    private PortOptions ports;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        System.err.println("starting Kafka, PostgreSQL and the services");
        StackOptions options = new StackOptions(dataFolder, host, ports.ports(), DataFolders.choose(dataDir), false);
        try (PrivateStack stack = PrivateStack.durable(options, build.commands())) {
            PrintWriter out = spec.commandLine().getOut();
            StackText.print(stack, out);
            out.println("Ready. Everything stays up until " + KeepAlive.howToStop() + "; what it holds stays.");
            out.flush();
            KeepAlive.until(stack);
        }
        return 0;
    }
}
