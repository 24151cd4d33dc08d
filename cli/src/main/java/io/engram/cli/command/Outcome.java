package io.engram.cli.command;

import io.engram.cli.client.CommandFailure;
import io.engram.cli.client.EngramClient;
import io.engram.cli.report.HtmlReport;
import io.engram.cli.view.ResultJson;
import io.engram.cli.view.ResultText;
import io.engram.cli.view.Results;
import io.engram.cli.watch.States;
import io.engram.proto.trainer.v1.Run;
import io.engram.proto.trainer.v1.RunState;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** What a command prints when the run that it followed has ended. */
final class Outcome {
    private final PrintWriter out;
    private final boolean json;
    private final Optional<Path> report;

    Outcome(PrintWriter out, boolean json, Optional<Path> report) {
        this.out = out;
        this.json = json;
        this.report = report;
    }

    /** @throws CommandFailure where the run did not succeed, or a model of it could not be evaluated */
    void print(EngramClient client, Run run, DoubleSupplier totalSeconds) {
        if (run.getState() != RunState.RUN_STATE_SUCCEEDED) {
            throw new CommandFailure(
                    run.hasFailure()
                            ? run.getName() + " failed: " + run.getFailure().getMessage() + " ("
                                    + run.getFailure().getReason() + ")"
                            : run.getName() + " was " + States.name(run.getState()));
        }
        Results results = ResultCalls.results(client, run);
        Path written = HtmlReport.write(results, report.orElseGet(() -> HtmlReport.defaultPath(run.getName())));
        PrintWriter text = json ? new PrintWriter(System.err, true) : out;
        text.println();
        text.println(ResultText.matrix(results.matrix()));
        text.println();
        text.println(ResultText.summary(results));
        text.println();
        if (results.matrix().getFailuresCount() > 0) {
            text.println(ResultText.failures(results.matrix()));
            text.println();
        }
        text.println("report: " + written);
        if (json) {
            out.println(ResultJson.of(results, totalSeconds.getAsDouble()));
        }
        out.flush();
        if (results.matrix().getFailuresCount() > 0) {
            throw new CommandFailure(run.getName() + " was learned, but "
                    + results.matrix().getFailuresCount() + " of its models could not be evaluated");
        }
    }
}
