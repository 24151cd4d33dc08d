package io.engram.cli.command;

import io.engram.cli.client.Addresses;
import io.engram.cli.client.CommandFailure;
import io.engram.cli.client.EngramClient;
import io.engram.cli.spec.RunSpecYaml;
import io.engram.cli.stack.PrivateStack;
import io.engram.cli.view.ResultJson;
import io.engram.localstack.StackPorts;
import io.engram.proto.type.v1.RunSpec;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a run of a spec and follows it. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Make a run of a spec (YAML, see the folder examples) and follow it to its results.",
        footer = {
            "",
            "The run goes to the stack at --trainer. Where none was named and nothing listens at the default address,"
                    + " a private stack is started and stopped afterwards."
        })
final class RunCommand implements Callable<Integer>, Connected {
    @Parameters(paramLabel = "SPEC", description = "A run spec.")
    private Path file;

    @Mixin
    private Connection connection;

    @Mixin
    private ServiceBuild build;

    @Option(
            names = "--watch",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Follow the run to its end (the default), or only print its name.")
    private boolean watch;

    @Option(names = "--private", description = "Start a stack for this run alone, even where one is running.")
    private boolean ownStack;

    @Option(
            names = "--data-dir",
            paramLabel = "FOLDER",
            description = "Data sets for a private stack; also ENGRAM_DATA_DIR. A running stack has its own.")
    private Path dataDir;

    @Option(names = "--json", description = "Print one JSON object as the last line of the standard output.")
    private boolean json;

    @Option(names = "--report", paramLabel = "FILE", description = "Where the HTML report goes.")
    private Path report;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (ownStack || (!connection.isChosen() && !connection.isReachable())) {
            onPrivateStack(RunSpecYaml.read(file));
        } else {
            onRunningStack();
        }
        return 0;
    }

    private void onPrivateStack(RunSpec read) throws InterruptedException {
        if (!watch) {
            throw new CommandFailure("--no-watch needs a running stack, since a private one ends with this command."
                    + " Start one with `engram up`.");
        }
        System.err.println("starting a private stack");
        try (PrivateStack stack =
                        PrivateStack.temporary(StackPorts.free(), build.commands(), DataFolders.choose(dataDir));
                EngramClient client = new EngramClient(stack.addresses())) {
            Execution execution = new Execution(client, stack::checkAlive);
            outcome().print(client, execution.follow(execution.create(read)), Stopwatch::seconds);
        }
    }

    private void onRunningStack() throws InterruptedException {
        if (dataDir != null) {
            System.err.println("engram: --data-dir has no effect on a stack that is running already; use --private");
        }
        try (EngramClient client = connection.open()) {
            client.connect();
            RunSpec read = RunSpecYaml.read(file);
            Execution execution = new Execution(client, () -> {});
            if (watch) {
                outcome().print(client, execution.follow(execution.create(read)), Stopwatch::seconds);
            } else {
                var run = execution.create(read);
                out().println(json ? ResultJson.of(run) : run.getName());
                out().flush();
            }
        }
    }

    private Outcome outcome() {
        return new Outcome(out(), json, Optional.ofNullable(report));
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    @Override
    public Addresses addresses() {
        return connection.addresses();
    }
}
