package io.engram.evaluator;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.engram.proto.evaluator.v1.AccuracyMatrixRow;
import io.engram.proto.evaluator.v1.EvaluationFailure;
import io.engram.proto.evaluator.v1.GetAccuracyMatrixRequest;
import io.engram.proto.evaluator.v1.GetAccuracyMatrixResponse;
import io.engram.proto.evaluator.v1.WatchEvaluationsRequest;
import io.engram.proto.evaluator.v1.WatchEvaluationsResponse;
import io.engram.proto.event.v1.TaskCompleted;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What those who ask for results are told of a model that could not be scored. */
@QuarkusTest
class EvaluationFailureTest extends ServiceTest {
    @Test
    void aDamagedModelIsAGapInTheMatrixWithItsReasonOnEveryFace() throws IOException {
        Topics.send(completed(1, 0));
        Topics.send(damaged(completed(1, 1)));
        Topics.send(completed(1, 2));
        awaitEvaluations(2);

        GetAccuracyMatrixResponse matrix = awaitFailures(1);
        assertThat(matrix.getRowsList())
                .extracting(AccuracyMatrixRow::getAccuracyCount)
                .containsExactly(1, 0, 3);
        EvaluationFailure failure = matrix.getFailures(0);
        assertThat(failure.getTask()).isEqualTo("runs/" + run + "/tasks/1");
        assertThat(failure.getTaskIndex()).isEqualTo(1);
        assertThat(failure.getAttempt()).isEqualTo(1);
        assertThat(failure.getReason()).isEqualTo("ARTIFACT_CORRUPT");
        assertThat(failure.getMessage()).contains("weights.safetensors is not what was written");
        assertThat(failure.hasFailTime()).isTrue();
        given().get("/api/v1/runs/" + run + "/accuracy-matrix")
                .then()
                .statusCode(200)
                .body("failures[0].taskIndex", equalTo(1))
                .body("failures[0].reason", equalTo("ARTIFACT_CORRUPT"))
                .body("failures[0].message", equalTo(failure.getMessage()));
    }

    @Test
    void aWrongDigestIsToldAlsoOfTheFirstTaskOfARun() {
        TaskCompleted event = completed(1, 0);
        Topics.send(event.toBuilder()
                .setArtifact(event.getArtifact().toBuilder().setSha256("0".repeat(64)))
                .build());

        GetAccuracyMatrixResponse matrix = awaitFailures(1);

        assertThat(matrix.getRowsCount()).isEqualTo(1);
        assertThat(matrix.getFailures(0).getMessage()).contains("expected SHA-256 " + "0".repeat(64));
    }

    @Test
    void watchingEndsWithAFailureOfTheLastTask() throws IOException {
        Topics.send(completed(1, 0));
        Topics.send(completed(1, 1));
        Topics.send(damaged(completed(1, 2)));

        List<WatchEvaluationsResponse> watched = new ArrayList<>();
        evaluator
                .withDeadlineAfter(DEADLINE.toSeconds(), TimeUnit.SECONDS)
                .watchEvaluations(WatchEvaluationsRequest.newBuilder()
                        .setRun("runs/" + run)
                        .build())
                .forEachRemaining(watched::add);

        assertThat(watched)
                .extracting(WatchEvaluationsResponse::getResultCase)
                .containsExactly(
                        WatchEvaluationsResponse.ResultCase.EVALUATION,
                        WatchEvaluationsResponse.ResultCase.EVALUATION,
                        WatchEvaluationsResponse.ResultCase.FAILURE);
        assertThat(watched.get(2).getFailure().getTaskIndex()).isEqualTo(2);
    }

    @Test
    void anEvaluationOfTheSameTaskEndsItsFailure() {
        TaskCompleted event = completed(1, 0);
        Topics.send(event.toBuilder()
                .setArtifact(event.getArtifact().toBuilder().setSha256("0".repeat(64)))
                .build());
        awaitFailures(1);

        Topics.send(event);
        awaitEvaluations(1);

        assertThat(matrix().getFailuresList()).isEmpty();
    }

    @Test
    void aFailureOfALaterAttemptReplacesWhatTheEarlierOneDidFromThereOn() throws IOException {
        evaluateAllTasks();

        Topics.send(damaged(completed(2, 1)));

        GetAccuracyMatrixResponse matrix = awaitFailures(1);
        assertThat(matrix.getRowsList())
                .extracting(AccuracyMatrixRow::getAccuracyCount)
                .containsExactly(1, 0);
        assertThat(matrix.getFailures(0).getAttempt()).isEqualTo(2);
    }

    private TaskCompleted damaged(TaskCompleted event) throws IOException {
        Path weights =
                Backends.artifacts().resolve(event.getArtifact().getUri()).resolve("weights.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        bytes[bytes.length / 2] ^= 1;
        Files.write(weights, bytes);
        return event;
    }

    private GetAccuracyMatrixResponse awaitFailures(int count) {
        await().atMost(DEADLINE).until(() -> matrix().getFailuresCount() == count);
        return matrix();
    }

    /** Empty while the run is not known. */
    private GetAccuracyMatrixResponse matrix() {
        try {
            return evaluator.getAccuracyMatrix(
                    GetAccuracyMatrixRequest.newBuilder().setRun("runs/" + run).build());
        } catch (StatusRuntimeException unknown) {
            return GetAccuracyMatrixResponse.getDefaultInstance();
        }
    }
}
