package io.engram.cli.watch;

import io.engram.proto.evaluator.v1.Evaluation;
import io.engram.proto.evaluator.v1.EvaluationFailure;
import io.engram.proto.trainer.v1.Run;
import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on a terminal, with the time passed and the time left. */
final class BarProgress implements ProgressView {
    private static final int REDRAW_MILLIS = 200;

    private final ProgressBar bar;
    private String training = "";
    private String evaluation = "";

    BarProgress(PrintStream out, int columns) {
        bar = new ProgressBarBuilder()
                .setTaskName("learning")
                .setInitialMax(1)
                .setUpdateIntervalMillis(REDRAW_MILLIS)
                .setStyle(ProgressBarStyle.ASCII)
                .hideEta()
                .continuousUpdate()
                .setMaxRenderedLength(columns)
                .setConsumer(new ConsoleProgressBarConsumer(out, columns))
                .build();
    }

    @Override
    public void trained(Run run) {
        long total = run.getProgress().getTotalSteps();
        if (total > 0) {
            bar.maxHint(total);
            bar.stepTo(run.getProgress().getStep());
        }
        training = run.getProgress().getStep() == 0
                ? States.name(run.getState())
                : ProgressText.position(run) + ProgressText.timeLeft(run);
        if (run.hasResumedFrom()) {
            training += " (attempt " + run.getAttempt() + ", resumed)";
        }
        show();
    }

    @Override
    public void evaluated(Evaluation evaluated) {
        evaluation = String.format(
                Locale.ROOT,
                " | evaluated %d/%d: %.2f%%",
                evaluated.getTaskIndex() + 1,
                evaluated.getTaskCount(),
                evaluated.getAverageAccuracy());
        show();
    }

    @Override
    public void failed(EvaluationFailure failure) {
        evaluation = String.format(
                Locale.ROOT, " | evaluation %d/%d failed", failure.getTaskIndex() + 1, failure.getTaskCount());
        show();
    }

    @Override
    public void note(String message) {
        bar.setExtraMessage(message);
    }

    private void show() {
        bar.setExtraMessage(training + evaluation);
    }

    @Override
    public void close() {
        bar.close();
    }
}
