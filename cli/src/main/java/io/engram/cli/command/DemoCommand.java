package io.engram.cli.command;

import io.engram.cli.client.EngramClient;
import io.engram.cli.spec.RunSpecYaml;
import io.engram.cli.stack.PrivateStack;
import io.engram.localstack.EngramHome;
import io.engram.localstack.StackPorts;
import io.engram.proto.trainer.v1.Run;
import io.engram.proto.type.v1.RunSpec;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows everything once. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Start a stack, learn the digits task by task (examples/digits-er.yaml), print the results, and stop"
                        + " everything again. Takes less than a minute.",
        footer = {"", "Without --keep the stack listens on free ports; the port options are for --keep."})
final class DemoCommand implements Callable<Integer> {
    @Option(names = "--keep", description = "Leave the stack up until Ctrl-C.")
    private boolean keep;

    @Option(
            names = "--json",
            description = "Print one JSON object as the last line of the standard output. total_seconds counts from the"
                    + " start of this command.")
    private boolean json;

    @Option(names = "--report", paramLabel = "FILE", description = "Where the HTML report goes.")
    private Path report;

    @Mixin
    private ServiceBuild build;

    @Mixin
    private PortOptions ports;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        RunSpec example = RunSpecYaml.read(EngramHome.find().root().resolve("examples/digits-er.yaml"));
        System.err.println("starting Kafka, PostgreSQL and the services");
        StackPorts chosen = keep ? ports.ports() : StackPorts.free();
        try (PrivateStack stack = PrivateStack.temporary(chosen, build.commands(), DataFolders.choose(null))) {
            System.err.printf("ready after %.1f s%n", Stopwatch.seconds());
            PrintWriter out = spec.commandLine().getOut();
            run(stack, example, new Outcome(out, json, Optional.ofNullable(report)));
            if (keep) {
                StackText.print(stack, new PrintWriter(System.err, true));
                System.err.println("The page: " + stack.page());
                System.err.println(
                        "The stack stays up until " + KeepAlive.howToStop() + "; what it holds goes with it.");
                KeepAlive.until(stack);
            }
        }
        return 0;
    }

    private static void run(PrivateStack stack, RunSpec example, Outcome outcome) throws InterruptedException {
        try (EngramClient client = new EngramClient(stack.addresses())) {
            Execution execution = new Execution(client, stack::checkAlive);
            Run ended = execution.follow(execution.create(example));
            outcome.print(client, ended, Stopwatch::seconds);
        }
    }
}
