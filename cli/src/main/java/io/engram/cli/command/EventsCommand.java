package io.engram.cli.command;

import io.engram.cli.event.EventTail;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints events as they come. */
@Command(
        name = "events",
        mixinStandardHelpOptions = true,
        description = "Print the events of runs as they come, a line for each, until Ctrl-C.")
final class EventsCommand implements Callable<Integer> {
    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:ENGRAM_KAFKA_BOOTSTRAP:-127.0.0.1:9092}",
            description = "Kafka; also ENGRAM_KAFKA_BOOTSTRAP (${DEFAULT-VALUE}).")
    private String kafka;

    @Option(names = "--from-beginning", description = "Begin with the oldest event that is kept.")
    private boolean fromBeginning;

    @Option(names = "--limit", paramLabel = "N", description = "End after so many.")
    private Long limit;

    @Option(names = "--json", description = "Print each payload as it is.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        new EventTail(kafka, fromBeginning).print(out, json, limit == null ? Long.MAX_VALUE : limit);
        return 0;
    }
}
