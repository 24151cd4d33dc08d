package io.engram.evaluator;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.engram.proto.evaluator.v1.AccuracyMatrixRow;
import io.engram.proto.evaluator.v1.Evaluation;
import io.engram.proto.evaluator.v1.GetAccuracyMatrixRequest;
import io.engram.proto.evaluator.v1.NextTaskResult;
import io.engram.proto.evaluator.v1.Summary;
import io.quarkus.test.junit.QuarkusTest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ForwardTransferTest extends ServiceTest {
    @Test
    void aModelIsScoredOnTheNextTaskWhereTasksShareTheirClasses() {
        evaluate(run, TrainedModels.ROTATED);

        List<Evaluation> evaluations = awaitEvaluations(TASKS);

        // All ten digits, turned by ten degrees more with each task.
        long samples =
                TrainedModels.TEST_SAMPLES.stream().mapToInt(Integer::intValue).sum();
        assertThat(evaluations.subList(0, 2)).allSatisfy(evaluation -> {
            NextTaskResult next = evaluation.getNextTask();
            assertThat(next.getTaskIndex()).isEqualTo(evaluation.getTaskIndex() + 1);
            assertThat(next.getTotal()).isEqualTo(samples);
            assertThat(next.getAccuracy()).isEqualTo(percent(next.getCorrect(), samples));
            assertThat(next.getUntrainedAccuracy()).isEqualTo(percent(next.getUntrainedCorrect(), samples));
            // Chance is a tenth.
            assertThat(next.getUntrainedAccuracy()).isLessThan(35);
            assertThat(next.getAccuracy()).isGreaterThan(50);
        });
        assertThat(evaluations.get(2).hasNextTask()).as("after the last task").isFalse();
        assertThat(evaluator
                        .getAccuracyMatrix(GetAccuracyMatrixRequest.newBuilder()
                                .setRun("runs/" + run)
                                .build())
                        .getRowsList())
                .extracting(AccuracyMatrixRow::getAccuracyCount)
                .containsExactly(1, 2, 3);
    }

    @Test
    void forwardTransferIsTheMeanGainOverTheUntrainedNetwork() {
        evaluate(run, TrainedModels.ROTATED);
        List<Evaluation> evaluations = awaitEvaluations(TASKS);

        Summary summary = summary();

        BigDecimal gains = evaluations.subList(0, 2).stream()
                .map(Evaluation::getNextTask)
                .map(next -> BigDecimal.valueOf(next.getAccuracy())
                        .subtract(BigDecimal.valueOf(next.getUntrainedAccuracy())))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(summary.getForwardTransfer())
                .isEqualTo(gains.divide(BigDecimal.valueOf(2), 2, RoundingMode.HALF_UP)
                        .doubleValue());
        given().get("/api/v1/runs/" + run + "/summary")
                .then()
                .statusCode(200)
                .body("summary.forwardTransfer", equalTo((float) summary.getForwardTransfer()));
        given().get("/api/v1/runs/" + run + "/evaluations")
                .then()
                .body(
                        "evaluations[0].nextTask.correct",
                        equalTo(Long.toString(evaluations.get(0).getNextTask().getCorrect())))
                .body("evaluations[2]", not(hasKey("nextTask")));
    }

    @Test
    void forwardTransferIsAbsentAfterOneTask() {
        Topics.send(completed(run, TrainedModels.ROTATED, 1, 0));
        awaitEvaluations(1);

        assertThat(evaluations().get(0).hasNextTask()).isTrue();
        assertThat(summary().hasForwardTransfer()).isFalse();
    }

    @Test
    void forwardTransferIsAbsentWhereTasksBringClasses() {
        evaluateAllTasks();

        assertThat(evaluations()).noneMatch(Evaluation::hasNextTask);
        assertThat(summary().hasForwardTransfer()).isFalse();
    }

    /** Rounded by hand: half up, from the exact quotient. */
    private static double percent(long correct, long total) {
        return BigDecimal.valueOf(100 * correct)
                .divide(BigDecimal.valueOf(total), 2, RoundingMode.HALF_UP)
                .doubleValue();
    }
}
