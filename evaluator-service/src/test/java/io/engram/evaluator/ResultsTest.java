package io.engram.evaluator;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import io.engram.proto.error.ApiException;
import io.engram.proto.error.ErrorReason;
import io.engram.proto.error.Errors;
import io.engram.proto.evaluator.v1.AccuracyMatrixRow;
import io.engram.proto.evaluator.v1.Evaluation;
import io.engram.proto.evaluator.v1.GetAccuracyMatrixRequest;
import io.engram.proto.evaluator.v1.GetAccuracyMatrixResponse;
import io.engram.proto.evaluator.v1.GetSummaryRequest;
import io.engram.proto.evaluator.v1.GetSummaryResponse;
import io.engram.proto.evaluator.v1.ListEvaluationsRequest;
import io.engram.proto.evaluator.v1.ListEvaluationsResponse;
import io.engram.proto.evaluator.v1.Summary;
import io.engram.proto.evaluator.v1.WatchEvaluationsRequest;
import io.engram.proto.evaluator.v1.WatchEvaluationsResponse;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.junit.QuarkusTest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ResultsTest extends ServiceTest {
    @Test
    void matrixAndSummaryFollowFromTheEvaluations() throws Exception {
        evaluateAllTasks();

        GetAccuracyMatrixResponse matrix = evaluator.getAccuracyMatrix(
                GetAccuracyMatrixRequest.newBuilder().setRun("runs/" + run).build());
        Summary summary = evaluator
                .getSummary(GetSummaryRequest.newBuilder().setRun("runs/" + run).build())
                .getSummary();

        assertThat(matrix.getTaskCount()).isEqualTo(3);
        assertThat(matrix.getRowsList())
                .extracting(AccuracyMatrixRow::getAccuracyCount)
                .containsExactly(1, 2, 3);
        assertThat(matrix.getTasksList())
                .extracting(task -> task.getClassesList().stream()
                        .map(label -> label.getName())
                        .toList())
                .containsExactly(List.of("0", "1", "2", "3"), List.of("4", "5", "6", "7"), List.of("8", "9"));
        List<Evaluation> evaluations = evaluations();
        assertThat(summary.getAverageAccuracy()).isEqualTo(evaluations.get(2).getAverageAccuracy());
        double a00 = matrix.getRows(0).getAccuracy(0);
        double a11 = matrix.getRows(1).getAccuracy(1);
        double a20 = matrix.getRows(2).getAccuracy(0);
        double a21 = matrix.getRows(2).getAccuracy(1);
        assertThat(summary.getBackwardTransfer())
                .isEqualTo(BigDecimal.valueOf(a20)
                        .subtract(BigDecimal.valueOf(a00))
                        .add(BigDecimal.valueOf(a21).subtract(BigDecimal.valueOf(a11)))
                        .divide(BigDecimal.valueOf(2), 2, RoundingMode.HALF_UP)
                        .doubleValue());
        assertThat(summary.getEvaluatedTasks()).isEqualTo(3);
        countsBothWays(matrix, summary);
        assertThat(summary.getDisplayName()).isEqualTo("Digits in three tasks");
        assertThat(http("/runs/" + run + "/accuracy-matrix", GetAccuracyMatrixResponse.newBuilder()))
                .isEqualTo(matrix);
        assertThat(http("/runs/" + run + "/summary", GetSummaryResponse.newBuilder()))
                .isEqualTo(GetSummaryResponse.newBuilder().setSummary(summary).build());
        assertThat(http("/runs/" + run + "/evaluations", ListEvaluationsResponse.newBuilder()))
                .isEqualTo(ListEvaluationsResponse.newBuilder()
                        .addAllEvaluations(evaluations)
                        .build());
    }

    /** In a class-incremental run what counts is the choice among all classes; told the task, a model is never worse. */
    private void countsBothWays(GetAccuracyMatrixResponse matrix, Summary summary) {
        assertThat(matrix.getTaskAgnosticRowsList()).isEqualTo(matrix.getRowsList());
        assertThat(matrix.getTaskAwareRowsCount()).isEqualTo(3);
        assertThat(summary.getTaskAgnosticAverageAccuracy()).isEqualTo(summary.getAverageAccuracy());
        assertThat(summary.getTaskAwareAverageAccuracy()).isGreaterThanOrEqualTo(summary.getAverageAccuracy());
        assertThat(evaluations()).allSatisfy(evaluation -> assertThat(evaluation.getResultsList())
                .allSatisfy(result -> {
                    assertThat(result.getTaskAgnosticCorrect()).isEqualTo(result.getCorrect());
                    assertThat(result.getTaskAwareCorrect()).isBetween(result.getCorrect(), result.getTotal());
                }));
    }

    @Test
    void figuresThatAreUndefinedAreAbsent() {
        Topics.send(completed(1, 0));
        awaitEvaluations(1);

        Summary summary = evaluator
                .getSummary(GetSummaryRequest.newBuilder().setRun("runs/" + run).build())
                .getSummary();

        assertThat(summary.hasAverageAccuracy()).isTrue();
        assertThat(summary.hasForgetting()).isFalse();
        assertThat(summary.hasBackwardTransfer()).isFalse();
        given().get("/api/v1/runs/" + run + "/summary")
                .then()
                .statusCode(200)
                .body("summary", not(hasKey("forgetting")))
                .body("summary.averageAccuracy", notNullValue());
    }

    @Test
    void evaluationsComeInPages() {
        evaluateAllTasks();

        List<Integer> tasks = new ArrayList<>();
        String token = "";
        do {
            ListEvaluationsResponse page = evaluator.listEvaluations(ListEvaluationsRequest.newBuilder()
                    .setRun("runs/" + run)
                    .setPageSize(2)
                    .setPageToken(token)
                    .build());
            page.getEvaluationsList().forEach(evaluation -> tasks.add(evaluation.getTaskIndex()));
            token = page.getNextPageToken();
        } while (!token.isEmpty());
        List<Evaluation> newest = evaluator
                .listEvaluations(
                        ListEvaluationsRequest.newBuilder().setPageSize(1).build())
                .getEvaluationsList();

        assertThat(tasks).containsExactly(0, 1, 2);
        assertThat(newest).extracting(Evaluation::getTask).containsExactly("runs/" + run + "/tasks/2");
    }

    @Test
    void aWatcherOfARunThatIsNotKnownYetSeesEveryEvaluationAndTheEnd() {
        Iterator<WatchEvaluationsResponse> watched = evaluator
                .withDeadlineAfter(DEADLINE.toSeconds(), TimeUnit.SECONDS)
                .watchEvaluations(WatchEvaluationsRequest.newBuilder()
                        .setRun("runs/" + run)
                        .build());

        for (int task = 0; task < TASKS; task++) {
            Topics.send(completed(1, task));
        }
        List<Integer> tasks = new ArrayList<>();
        watched.forEachRemaining(response -> tasks.add(response.getEvaluation().getTaskIndex()));

        assertThat(tasks).containsExactly(0, 1, 2);
        assertThat(evaluator.watchEvaluations(WatchEvaluationsRequest.newBuilder()
                        .setRun("runs/" + run)
                        .build()))
                .toIterable()
                .hasSize(3);
    }

    @Test
    void aRunThatIsNotKnownIsRefusedAlikeOverGrpcAndHttp() {
        ApiException refused = refusal(() -> evaluator.getSummary(
                GetSummaryRequest.newBuilder().setRun("runs/" + run).build()));

        assertThat(refused.reason()).isEqualTo(ErrorReason.RUN_NOT_FOUND);
        assertThat(refused.metadata()).containsEntry("run", "runs/" + run);
        for (String path : List.of("summary", "accuracy-matrix", "evaluations")) {
            given().get("/api/v1/runs/" + run + "/" + path)
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json")
                    .body("reason", equalTo("RUN_NOT_FOUND"))
                    .body("detail", equalTo(refused.getMessage()));
        }
    }

    @Test
    void argumentsThatAreNotAllowedAreNamed() {
        assertThat(refusal(() -> evaluator.getAccuracyMatrix(
                        GetAccuracyMatrixRequest.newBuilder().setRun("r1").build())))
                .hasMessageStartingWith("run: was r1; allowed: runs/{run}");
        assertThat(refusal(() -> evaluator
                        .watchEvaluations(WatchEvaluationsRequest.getDefaultInstance())
                        .next()))
                .hasMessageStartingWith("run: was empty; allowed: runs/{run}");
        assertThat(refusal(() -> evaluator.listEvaluations(
                        ListEvaluationsRequest.newBuilder().setPageSize(1001).build())))
                .hasMessage("page_size: was 1001; allowed: 1 to 1000, or 0 for 50");
        assertThat(refusal(() -> evaluator.listEvaluations(
                        ListEvaluationsRequest.newBuilder().setPageToken("eHg").build())))
                .hasMessageStartingWith("page_token: was eHg;");
        given().get("/api/v1/runs/R1/summary").then().statusCode(400).body("violations[0].field", equalTo("run"));
        given().get("/api/v1/evaluations?pageSize=many")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("page_size"));
    }

    @Test
    void theOpenApiDocumentHasEveryPathAndTheMessagesOfTheContract() {
        given().get("/openapi.json")
                .then()
                .statusCode(200)
                .body(
                        "paths.keySet()",
                        hasItems(
                                "/api/v1/runs/{run}/accuracy-matrix",
                                "/api/v1/runs/{run}/tasks/{task}/confusion-matrix",
                                "/api/v1/runs/{run}/summary",
                                "/api/v1/runs/{run}/evaluations",
                                "/api/v1/evaluations"))
                .body("components.schemas.Evaluation.properties.averageAccuracy.type", equalTo("number"))
                .body("components.schemas.TaskResult.properties.correct.type", equalTo("string"))
                .body("components.schemas.GetConfusionMatrixResponse.properties.counts.items.type", equalTo("string"))
                .body(
                        "components.schemas.GetAccuracyMatrixResponse.properties.rows.items.'$ref'",
                        equalTo("#/components/schemas/AccuracyMatrixRow"));
    }

    @Test
    void thePagesAreServedAndNeedNothingFromElsewhere() {
        given().get("/").then().statusCode(200).contentType("text/html").body(containsString("/runs.js"));
        given().get("/runs/" + run)
                .then()
                .statusCode(200)
                .contentType("text/html")
                .header("Content-Security-Policy", "default-src 'self'")
                .body(containsString("/run.js"));
        for (String file : List.of("runs.js", "run.js", "confusion.js", "api.js", "style.css")) {
            given().get("/" + file).then().statusCode(200);
        }
    }

    @Test
    void healthAndMetricsAreThere() {
        given().get("/q/health")
                .then()
                .statusCode(200)
                .body("checks.name", hasItems("outbox", "outbox relay", "Database connections health check"));
        given().get("/q/metrics").then().statusCode(200).body(containsString("jvm_memory"));
    }

    private static Message http(String path, Message.Builder builder) throws Exception {
        String json = given().get("/api/v1" + path)
                .then()
                .statusCode(200)
                .contentType("application/json")
                .extract()
                .asString();
        JsonFormat.parser().merge(json, builder);
        return builder.build();
    }

    private static ApiException refusal(ThrowingCallable call) {
        return Errors.fromException(catchThrowableOfType(StatusRuntimeException.class, call));
    }
}
