package io.engram.evaluator;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.google.protobuf.util.JsonFormat;
import io.engram.localstack.LocalPostgres;
import io.engram.localstack.TestBackends;
import io.engram.proto.error.ApiException;
import io.engram.proto.error.ErrorReason;
import io.engram.proto.error.Errors;
import io.engram.proto.evaluator.v1.ClassScore;
import io.engram.proto.evaluator.v1.Evaluation;
import io.engram.proto.evaluator.v1.GetConfusionMatrixRequest;
import io.engram.proto.evaluator.v1.GetConfusionMatrixResponse;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Which class a model takes for which, as those who ask for it see it. */
@QuarkusTest
class ConfusionTest extends ServiceTest {
    @Test
    void rowsAreTheTestSamplesOfTheClassesSeenSoFar() {
        evaluateAllTasks();

        GetConfusionMatrixResponse first = confusion(0);
        GetConfusionMatrixResponse last = confusion(2);

        assertThat(first.getClassesList())
                .extracting(score -> score.getClassLabel().getName())
                .containsExactly("0", "1", "2", "3");
        assertThat(last.getName()).isEqualTo("runs/" + run + "/tasks/2");
        assertThat(last.getAttempt()).isEqualTo(1);
        assertThat(last.getClassesList())
                .extracting(score -> score.getClassLabel().getLabel())
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(last.getClassesList())
                .extracting(ClassScore::getTotal)
                .isEqualTo(TrainedModels.TEST_SAMPLES_OF_CLASS.stream()
                        .map(Integer::longValue)
                        .toList());
        for (int row = 0; row < 10; row++) {
            ClassScore score = last.getClasses(row);
            assertThat(row(last, row).sum()).isEqualTo(score.getTotal());
            assertThat(score.getCorrect()).isEqualTo(last.getCounts(11 * row));
            assertThat(score.getAccuracy())
                    .isEqualTo(Math.round(10_000.0 * score.getCorrect() / score.getTotal()) / 100.0);
        }
    }

    @Test
    void theSameComesOverHttp() throws Exception {
        Topics.send(completed(1, 0));
        awaitEvaluations(1);

        String json = given().get("/api/v1/runs/" + run + "/tasks/0/confusion-matrix")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .extract()
                .asString();

        GetConfusionMatrixResponse.Builder overHttp = GetConfusionMatrixResponse.newBuilder();
        JsonFormat.parser().merge(json, overHttp);
        assertThat(overHttp.build()).isEqualTo(confusion(0));
    }

    @Test
    void classesThatShareAPlaceInTheirGroupsAreOneWithTheNamesOfAll() {
        Topics.send(completed(run, TrainedModels.GROUPS, 1, 1));

        long correct = correct(awaitEvaluations(1).get(0));
        GetConfusionMatrixResponse confusion = confusion(1);
        assertThat(confusion.getClassesList())
                .extracting(score -> score.getClassLabel().getName())
                .containsExactly("0 / 5", "1 / 6", "2 / 7", "3 / 8", "4 / 9");
        assertThat(confusion.getClasses(4).getClassLabel().getLabel()).isEqualTo(4);
        assertThat(confusion.getClasses(4).getTotal()).isEqualTo(36 + 36);
        assertThat(confusion.getClassesList().stream()
                        .mapToLong(ClassScore::getCorrect)
                        .sum())
                .isEqualTo(correct);
    }

    @Test
    void aLaterAttemptReplacesItWithTheEvaluation() throws SQLException {
        evaluateAllTasks();

        Topics.send(completed(2, 1));

        await().atMost(DEADLINE).until(() -> evaluations().size() == 2);
        assertThat(confusion(0).getAttempt()).isEqualTo(1);
        assertThat(confusion(1).getAttempt()).isEqualTo(2);
        assertThat(refusal("runs/" + run + "/tasks/2").reason()).isEqualTo(ErrorReason.RUN_NOT_FOUND);
        assertThat(rows("select count(*) from evaluator.confusion_matrix where run = '" + run + "'"))
                .isEqualTo(2);
    }

    @Test
    void whatIsNotThereIsRefusedAlikeOverGrpcAndHttp() throws SQLException {
        assertThat(refusedAlike(0))
                .isEqualTo("run: was runs/" + run + "; allowed: a run of which a task has been evaluated here");
        Topics.send(completed(1, 0));
        awaitEvaluations(1);

        assertThat(refusedAlike(1))
                .isEqualTo("name: was runs/" + run
                        + "/tasks/1; allowed: a task after which the model has been evaluated here");
        // An evaluation as a service wrote it that did not count these.
        assertThat(rows("with gone as (delete from evaluator.confusion_matrix where run = '" + run
                        + "' returning 1) select count(*) from gone"))
                .isEqualTo(1);
        assertThat(refusedAlike(0))
                .isEqualTo("name: was runs/" + run
                        + "/tasks/0; allowed: a task that was evaluated since confusion matrices are kept");
    }

    @Test
    void aNameThatIsNoTasksIsRefused() {
        ApiException refused = refusal("runs/" + run);

        assertThat(refused.reason()).isEqualTo(ErrorReason.INVALID_ARGUMENT);
        assertThat(refused).hasMessageStartingWith("name: was runs/" + run + "; allowed: runs/{run}/tasks/{task}");
        given().get("/api/v1/runs/" + run + "/tasks/last/confusion-matrix")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("name"));
    }

    private static long correct(Evaluation evaluation) {
        return evaluation.getResultsList().stream()
                .mapToLong(result -> result.getCorrect())
                .sum();
    }

    private static LongStream row(GetConfusionMatrixResponse confusion, int row) {
        List<Long> counts = confusion.getCountsList();
        int classes = confusion.getClassesCount();
        return counts.subList(row * classes, (row + 1) * classes).stream().mapToLong(Long::longValue);
    }

    private GetConfusionMatrixResponse confusion(int task) {
        return ask("runs/" + run + "/tasks/" + task);
    }

    private GetConfusionMatrixResponse ask(String name) {
        return evaluator.getConfusionMatrix(
                GetConfusionMatrixRequest.newBuilder().setName(name).build());
    }

    private ApiException refusal(String name) {
        return Errors.fromException(catchThrowableOfType(StatusRuntimeException.class, () -> ask(name)));
    }

    /** What is said of a task of this test's run, on both faces. */
    private String refusedAlike(int task) {
        ApiException refused = refusal("runs/" + run + "/tasks/" + task);
        assertThat(refused.reason()).isEqualTo(ErrorReason.RUN_NOT_FOUND);
        assertThat(refused.metadata()).containsEntry("run", "runs/" + run);
        given().get("/api/v1/runs/" + run + "/tasks/" + task + "/confusion-matrix")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("reason", equalTo("RUN_NOT_FOUND"))
                .body("detail", equalTo(refused.getMessage()));
        return refused.getMessage();
    }

    private static long rows(String count) throws SQLException {
        LocalPostgres postgres = TestBackends.postgres();
        try (Connection database =
                        DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
                Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(count)) {
            row.next();
            return row.getLong(1);
        }
    }
}
