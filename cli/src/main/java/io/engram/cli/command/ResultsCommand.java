package io.engram.cli.command;

import io.engram.cli.client.EngramClient;
import io.engram.cli.report.HtmlReport;
import io.engram.cli.view.ConfusionText;
import io.engram.cli.view.ResultJson;
import io.engram.cli.view.ResultText;
import io.engram.cli.view.Results;
import io.engram.proto.evaluator.v1.GetConfusionMatrixResponse;
import java.nio.file.Path;
import java.util.OptionalInt;
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
                    "A run of the same scenario by an upper bound, a method that learns all tasks so far together with each"
                            + " new one: how much less of a new task this run learns, its intransigence, is printed, too.")
    private String reference;

    @Option(
            names = "--confusion",
            description =
                    "Print the confusion matrix in place of the accuracy matrix: how many test samples of each true class,"
                            + " row by row, were taken for each class.")
    private boolean confusion;

    @Option(
            names = "--after",
            paramLabel = "TASK",
            description =
                    "With --confusion: the model after this task, 1 for the first. Default: the last that was evaluated.")
    private Integer afterTask;

    @Option(names = "--report", paramLabel = "FILE", description = "Write an HTML report, too.")
    private Path report;

    @Override
    void call(EngramClient client) {
        OptionalInt taskIndex = afterTask();
        String other = reference == null ? "" : RunArgument.name("--reference", reference);
        Results results = ResultCalls.results(client, run.name(), other);
        if (confusion) {
            print(ResultCalls.confusion(client, results.matrix(), taskIndex));
        } else {
            print(results);
        }
        if (report != null) {
            HtmlReport.write(results, report);
        }
    }

    private OptionalInt afterTask() {
        if (afterTask == null) {
            return OptionalInt.empty();
        }
        if (!confusion || afterTask < 1) {
            throw misunderstood("--after was " + afterTask + "; allowed: 1 or more, beside --confusion");
        }
        return OptionalInt.of(afterTask - 1);
    }

    private void print(GetConfusionMatrixResponse matrix) {
        if (csv) {
            out().println(ConfusionText.csv(matrix));
        } else if (json()) {
            printJson(matrix);
        } else {
            out().println(ConfusionText.table(matrix));
        }
    }

    private void print(Results results) {
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
    }
}
