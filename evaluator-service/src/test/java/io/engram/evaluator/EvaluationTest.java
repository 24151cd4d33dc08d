package io.engram.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.engram.evaluator.application.EvaluateTask;
import io.engram.proto.evaluator.v1.Evaluation;
import io.engram.proto.evaluator.v1.TaskResult;
import io.engram.proto.event.v1.TaskCompleted;
import io.engram.proto.event.v1.TaskEvaluated;
import io.engram.proto.event.v1.TaskScore;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

@QuarkusTest
class EvaluationTest extends ServiceTest {
    @Inject
    Jdbi jdbi;

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
    void aCrashAfterStoringLeadsToOneResult() {
        faults.arm(EvaluateTask.STORED, () -> {
            throw new IllegalStateException("crash after storing");
        });

        Topics.send(completed(1, 0));
        Topics.send(completed(1, 1));
        awaitEvaluations(2);

        assertThat(awaitResults(2)).extracting(TaskEvaluated::getTaskIndex).containsExactly(0, 1);
    }

    @Test
    void aCrashBeforeStoringLeadsToOneResult() {
        faults.arm(EvaluateTask.SCORED, () -> {
            throw new IllegalStateException("crash before storing");
        });

        Topics.send(completed(1, 0));

        awaitEvaluations(1);
        assertThat(awaitResults(1)).hasSize(1);
    }

    @Test
    void whileTheDatabaseFailsAnEventIsTriedAgainAndNeverADeadLetter() {
        AtomicInteger tries = new AtomicInteger();
        jdbi.useHandle(handle -> handle.execute("alter table evaluation rename to moved_away"));
        try {
            Topics.send(completed(1, 0));
            countTries(tries);
            await().atMost(DEADLINE).until(() -> tries.get() >= 1);
        } finally {
            jdbi.useHandle(handle -> handle.execute("alter table moved_away rename to evaluation"));
        }

        awaitEvaluations(1);
        assertThat(Topics.received("engram.task.completed.v1.dlq", "runs/" + run))
                .isEmpty();
    }

    @Test
    void anEvaluationLongerThanThePollIntervalNeitherRebalancesNorRunsTwice() throws Exception {
        String memberBefore = member();
        AtomicInteger scored = new AtomicInteger();
        faults.arm(EvaluateTask.SCORED, () -> {
            scored.incrementAndGet();
            waitFor(Duration.ofMillis(3L * Backends.MAX_POLL_INTERVAL_MILLIS));
            faults.arm(EvaluateTask.SCORED, scored::incrementAndGet);
        });

        Topics.send(completed(1, 0));
        awaitEvaluations(1);
        Topics.send(completed(1, 1));
        awaitEvaluations(2);

        assertThat(scored).as("scored once each").hasValue(2);
        assertThat(member()).isEqualTo(memberBefore);
        assertThat(awaitResults(2)).extracting(TaskEvaluated::getTaskIndex).containsExactly(0, 1);
    }

    /** The database's own statistics would lag: what counts is that the first look at the table has failed. */
    private void countTries(AtomicInteger tries) {
        await().atMost(DEADLINE)
                .until(() -> jdbi.withHandle(handle -> handle.createQuery(
                                        "select count(*) from pg_stat_activity where datname = current_database()"
                                                + " and query like '%from evaluation where run%'"
                                                + " and pid <> pg_backend_pid()")
                                .mapTo(Integer.class)
                                .one())
                        > 0);
        tries.incrementAndGet();
    }

    private static String member() throws Exception {
        try (Admin admin = Admin.create(Topics.settings())) {
            List<String> members =
                    admin.describeConsumerGroups(List.of("engram-evaluator")).all().get().values().stream()
                            .flatMap(group -> group.members().stream())
                            .map(MemberDescription::consumerId)
                            .toList();
            assertThat(members).hasSize(1);
            return members.get(0);
        }
    }

    /** The evaluation takes so long: nothing can be awaited, time itself is what is tested. */
    private static void waitFor(Duration time) {
        try {
            new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static double percent(long correct, long total) {
        return Math.round(10_000.0 * correct / total) / 100.0;
    }
}
