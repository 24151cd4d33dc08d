package io.engram.cli.command;

import io.engram.cli.client.EngramClient;
import io.engram.cli.watch.Progress;
import io.engram.cli.watch.ProgressView;
import io.engram.cli.watch.RunWatcher;
import io.engram.proto.trainer.v1.Run;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Follows a run. */
@Command(
        name = "watch",
        mixinStandardHelpOptions = true,
        description = "Follow a run until it has ended and is evaluated, then print its results."
                + " Stopping to watch does not stop the run.")
final class WatchCommand extends ConnectedCommand {
    @Mixin
    private RunArgument run;

    @Option(names = "--report", paramLabel = "FILE", description = "Where the HTML report goes.")
    private Path report;

    @Override
    void call(EngramClient client) throws InterruptedException {
        Run ended;
        try (ProgressView view = Progress.onStandardError()) {
            ended = new RunWatcher(client, view, () -> {}).follow(run.name());
        }
        new Outcome(out(), json(), Optional.ofNullable(report))
                .print(client, ended, () -> ResultCalls.totalSeconds(ended));
    }
}
