package io.engram.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.engram.localstack.LocalPostgres;
import io.engram.localstack.TestBackends;
import io.engram.proto.evaluator.v1.Evaluation;
import io.engram.proto.evaluator.v1.GetConfusionMatrixRequest;
import io.engram.proto.evaluator.v1.GetConfusionMatrixResponse;
import io.engram.proto.evaluator.v1.TaskResult;
import io.engram.proto.event.v1.TaskCompleted;
import io.engram.proto.event.v1.TaskEvaluated;
import io.engram.proto.event.v1.TaskScore;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class EvaluationTest extends ServiceTest {
    /** In the table's place a view that fails. A sequence counts who looks at it, since it does not take part in transactions. */
    private static final String BREAK = """
            begin;
            alter table evaluator.evaluation rename to moved_away;
            create sequence evaluator.looks;
            create function evaluator.fail() returns setof evaluator.moved_away language plpgsql as
                $$ begin perform nextval('evaluator.looks'); raise exception 'broken by a test'; end $$;
            create view evaluator.evaluation as select * from evaluator.fail();
            commit""";

    private static final String REPAIR = """
            begin;
            drop view evaluator.evaluation;
            drop function evaluator.fail();
            drop sequence evaluator.looks;
            alter table evaluator.moved_away rename to evaluation;
            commit""";

    @Test
    void aFrozenModelIsScoredOnEveryTaskUpToItsOwn() {
        TaskCompleted event = completed(1, 2);
        Topics.send(completed(1, 0));
        Topics.send(completed(1, 1));
        Topics.send(event);

        Evaluation last = awaitEvaluations(3).get(2);

        assertThat(last.getTask()).isEqualTo("runs/" + run + "/tasks/2");
        assertThat(last.getAttempt()).isEqualTo(1);
        assertThat(last.getArtifact()).isEqualTo(event.getArtifact());
        assertThat(last.getResultsList())
                .extracting(TaskResult::getTotal)
                .isEqualTo(TrainedModels.TEST_SAMPLES.stream()
                        .map(Integer::longValue)
                        .toList());
        assertThat(last.getResults(2).getClassesList().toString()).contains("label: 8", "name: \"9\"");
        for (TaskResult result : last.getResultsList()) {
            assertThat(result.getAccuracy()).isEqualTo(percent(result.getCorrect(), result.getTotal()));
        }
        // Finetune knows the last task best.
        assertThat(last.getResults(2).getAccuracy())
                .isGreaterThan(last.getResults(0).getAccuracy());
        assertThat(last.getAverageAccuracy())
                .isEqualTo(Math.round(last.getResultsList().stream()
                                        .mapToLong(result -> Math.round(100 * result.getAccuracy()))
                                        .sum()
                                / 3.0)
                        / 100.0);
        assertThat(rightOnTheDiagonal("runs/" + run + "/tasks/2"))
                .isEqualTo(last.getResultsList().stream()
                        .mapToLong(TaskResult::getCorrect)
                        .sum());
    }

    @Test
    void aResultIsToldOfInAnEventOfItsOwn() {
        Topics.send(completed(1, 0));
        Topics.send(completed(1, 1));

        List<TaskEvaluated> results = awaitResults(2);

        List<Evaluation> evaluations = evaluations();
        assertThat(results).extracting(TaskEvaluated::getTaskIndex).containsExactly(0, 1);
        assertThat(results.get(0).hasForgetting()).isFalse();
        TaskEvaluated second = results.get(1);
        assertThat(second.getScoresList())
                .extracting(TaskScore::getCorrect)
                .isEqualTo(evaluations.get(1).getResultsList().stream()
                        .map(TaskResult::getCorrect)
                        .toList());
        double before = evaluations.get(0).getResults(0).getAccuracy();
        double after = evaluations.get(1).getResults(0).getAccuracy();
        assertThat(second.getForgetting()).isEqualTo(Math.round(100 * (before - after)) / 100.0);
        assertThat(second.getAverageAccuracy()).isEqualTo(evaluations.get(1).getAverageAccuracy());
    }

    @Test
    void anEventThatComesAgainChangesNothing() {
        Topics.send(completed(1, 0));
        Evaluation first = awaitEvaluations(1).get(0);
        awaitResults(1);

        Topics.send(completed(1, 0));
        Topics.send(completed(1, 1));
        awaitEvaluations(2);

        assertThat(evaluations().get(0)).isEqualTo(first);
        assertThat(awaitResults(2)).extracting(TaskEvaluated::getTaskIndex).containsExactly(0, 1);
    }

    @Test
    void aLaterAttemptReplacesWhatAnEarlierOneDidFromThereOn() {
        evaluateAllTasks();

        Topics.send(completed(2, 1));

        await().atMost(DEADLINE).until(() -> evaluations().size() == 2);
        assertThat(evaluations()).extracting(Evaluation::getAttempt).containsExactly(1, 2);
    }

    @Test
    void anEarlierAttemptThatComesLateIsIgnored() {
        Topics.send(completed(2, 0));
        awaitEvaluations(1);

        Topics.send(completed(1, 0));
        Topics.send(completed(1, 1));
        Topics.send(completed(2, 1));
        awaitEvaluations(2);

        assertThat(evaluations()).extracting(Evaluation::getAttempt).containsExactly(2, 2);
        assertThat(awaitResults(2)).extracting(TaskEvaluated::getAttempt).containsExactly(2, 2);
    }

    @Test
    void whileTheDatabaseFailsAnEventIsTriedAgainAndNeverADeadLetter() throws SQLException {
        try (Connection database = connectToDatabase();
                Statement statement = database.createStatement()) {
            statement.execute(BREAK);
            try {
                Topics.send(completed(1, 0));
                await().atMost(DEADLINE).until(() -> lookedFor(statement));
            } finally {
                statement.execute(REPAIR);
            }
        }

        awaitEvaluations(1);
        assertThat(Topics.received("engram.task.completed.v1.dlq", "runs/" + run))
                .isEmpty();
    }

    private static Connection connectToDatabase() throws SQLException {
        LocalPostgres postgres = TestBackends.postgres();
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
    }

    /** Two looks: the first has failed then, and the event was tried again. */
    private static boolean lookedFor(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select last_value from evaluator.looks")) {
            row.next();
            return row.getLong(1) > 1;
        }
    }

    private long rightOnTheDiagonal(String task) {
        GetConfusionMatrixResponse confusion = evaluator.getConfusionMatrix(
                GetConfusionMatrixRequest.newBuilder().setName(task).build());
        int classes = confusion.getClassesCount();
        return IntStream.range(0, classes)
                .mapToLong(row -> confusion.getCounts(row * classes + row))
                .sum();
    }

    private static double percent(long correct, long total) {
        return Math.round(10_000.0 * correct / total) / 100.0;
    }
}
