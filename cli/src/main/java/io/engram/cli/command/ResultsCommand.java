package io.engram.cli.command;

import io.engram.cli.client.EngramClient;
import io.engram.cli.report.HtmlReport;
import io.engram.cli.view.ResultJson;
import io.engram.cli.view.ResultText;
import io.engram.cli.view.Results;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the results of a run. */
@Command(
        name = "results",
        mixinStandardHelpOptions = true,
        description = "Print the accuracy matrix and the summary of a run, as far as it has been evaluated.")
final class ResultsCommand extends ConnectedCommand {
    @Mixin
    private RunArgument run;

    @Option(names = "--csv", description = "Print the matrix as CSV, a line for each cell.")
    private boolean csv;

    @Option(
            names = "--reference",
            paramLabel = "RUN",
            description =
                    "A run of the same scenario that learned all tasks so far together with each new one (method joint"
                            + " or cumulative): how much less of a new task this run learns, its intransigence, is printed, too.")
    private String reference;

    @Option(names = "--report", paramLabel = "FILE", description = "Write an HTML report, too.")
    private Path report;

    @Override
    void call(EngramClient client) {
        String other = reference == null ? "" : RunArgument.name("--reference", reference);
        Results results = ResultCalls.results(client, run.name(), other);
        if (csv) {
            out().println(ResultText.csv(results.matrix()));
        } else if (json()) {
            out().println(ResultJson.of(results, ResultCalls.totalSeconds(results.run())));
        } else {
            out().println(ResultText.matrix(results.matrix()));
            out().println();
            out().println(ResultText.summary(results));
            if (results.matrix().getFailuresCount() > 0) {
                out().println();
                out().println(ResultText.failures(results.matrix()));
            }
        }
        if (report != null) {
            HtmlReport.write(results, report);
        }
    }
}
