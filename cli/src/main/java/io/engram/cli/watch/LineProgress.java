package io.engram.cli.watch;

import io.engram.cli.view.ResultText;
import io.engram.cli.view.RunText;
import io.engram.proto.evaluator.v1.Evaluation;
import io.engram.proto.evaluator.v1.EvaluationFailure;
import io.engram.proto.trainer.v1.Run;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Plain lines for logs: what happened, and where the run stands every ten seconds. */
final class LineProgress implements ProgressView {
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final PrintStream out;
    private final Clock clock;
    private int tasksShown;
    private int attemptShown;
    private String stateShown = "";
    private Instant lastPosition;

    LineProgress(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
        this.lastPosition = clock.instant();
    }

    @Override
    public void trained(Run run) {
        String state = States.name(run.getState());
        if (!state.equals(stateShown)) {
            out.println(run.getName() + " is " + state);
            stateShown = state;
        }
        if (run.hasResumedFrom() && run.getAttempt() > attemptShown) {
            out.println("attempt " + run.getAttempt() + " goes on from " + RunText.resumedFrom(run));
            attemptShown = run.getAttempt();
        }
        while (tasksShown < run.getTasksCount()) {
            out.println(ProgressText.learned(run.getTasks(tasksShown++), run.getTaskCount()));
            lastPosition = clock.instant();
        }
        if (run.getProgress().getStep() > 0
                && !States.hasEnded(run.getState())
                && Duration.between(lastPosition, clock.instant()).compareTo(PAUSE) >= 0) {
            out.println(ProgressText.position(run) + ProgressText.timeLeft(run));
            lastPosition = clock.instant();
        }
    }

    @Override
    public void evaluated(Evaluation evaluation) {
        out.println(ProgressText.evaluated(evaluation));
    }

    @Override
    public void failed(EvaluationFailure failure) {
        out.println(ResultText.failure(failure));
    }

    @Override
    public void note(String message) {
        out.println(message);
    }

    @Override
    public void close() {
        out.flush();
    }
}
