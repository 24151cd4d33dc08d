package io.engram.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.cli.view.RunText;
import io.engram.proto.trainer.v1.ResumePoint;
import io.engram.proto.trainer.v1.Run;
import io.engram.proto.trainer.v1.RunState;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Runs on the JVM alone: it calls classes without anything outside them. */
class LineProgressTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final LineProgress progress = new LineProgress(
            new PrintStream(out, true, StandardCharsets.UTF_8), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));

    @Test
    void anAttemptThatGoesOnIsToldOnceWithThePlace() {
        progress.trained(run(1).build());
        progress.trained(run(2).setResumedFrom(from(2, 0, 840)).build());
        progress.trained(run(2).setResumedFrom(from(2, 0, 840)).build());
        progress.trained(run(3).setResumedFrom(from(3, 4, 2000)).build());

        assertThat(out.toString(StandardCharsets.UTF_8))
                .containsSubsequence(
                        "attempt 2 goes on from task 3/5, epoch 1, after 840 steps",
                        "attempt 3 goes on from task 4/5, epoch 5, after 2000 steps")
                .containsOnlyOnce("attempt 2 goes on");
    }

    @Test
    void aRunShowsWhereItWentOn() throws Exception {
        assertThat(RunText.full(run(1).build())).containsPattern("went on from +the beginning");
        assertThat(RunText.full(run(2).setResumedFrom(from(0, 9, 12)).build()))
                .containsPattern("went on from +task 1/5, epoch 10, after 12 steps");
    }

    private static Run.Builder run(int attempt) {
        return Run.newBuilder()
                .setName("runs/r")
                .setState(RunState.RUN_STATE_RUNNING)
                .setTaskCount(5)
                .setAttempt(attempt);
    }

    private static ResumePoint from(int task, int epoch, long step) {
        return ResumePoint.newBuilder()
                .setTaskIndex(task)
                .setEpoch(epoch)
                .setStep(step)
                .build();
    }
}
