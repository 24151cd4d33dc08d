package io.engram.cli.command;

import io.engram.cli.client.EngramClient;
import io.engram.cli.view.RunText;
import io.engram.cli.view.Table;
import io.engram.proto.trainer.v1.ListRunsRequest;
import io.engram.proto.trainer.v1.ListRunsResponse;
import io.engram.proto.trainer.v1.Run;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists runs. */
@Command(name = "runs", mixinStandardHelpOptions = true, description = "List runs, newest first.")
final class RunsCommand extends ConnectedCommand {
    private static final int LARGEST_PAGE = 200;

    @Option(names = "--limit", defaultValue = "50", description = "List at most so many. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Override
    void call(EngramClient client) {
        List<Run> runs = list(client);
        if (json()) {
            runs.forEach(this::printJson);
            return;
        }
        Table table = new Table("RUN", "STATE", "TASKS", "METHOD", "DATASET", "CREATED", "TITLE");
        runs.forEach(run -> table.row(RunText.row(run)));
        out().println(table.isEmpty() ? "There are no runs yet. Make one with `engram run SPEC`." : table.toString());
    }

    private List<Run> list(EngramClient client) {
        List<Run> runs = new ArrayList<>();
        String page = "";
        do {
            ListRunsResponse response = client.trainer()
                    .listRuns(ListRunsRequest.newBuilder()
                            .setPageSize(Math.max(1, Math.min(LARGEST_PAGE, limit - runs.size())))
                            .setPageToken(page)
                            .build());
            runs.addAll(response.getRunsList());
            page = response.getNextPageToken();
        } while (!page.isEmpty() && runs.size() < limit);
        return runs;
    }
}
