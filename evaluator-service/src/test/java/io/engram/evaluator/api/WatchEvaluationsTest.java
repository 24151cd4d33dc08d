package io.engram.evaluator.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.evaluator.application.EvaluationStore;
import io.engram.evaluator.application.Results;
import io.engram.evaluator.application.StoredOutcomes;
import io.engram.evaluator.config.EvaluatorConfig;
import io.engram.evaluator.domain.EvaluationFailure;
import io.engram.evaluator.domain.Outcome;
import io.engram.proto.error.ErrorReason;
import io.engram.proto.evaluator.v1.WatchEvaluationsRequest;
import io.engram.proto.evaluator.v1.WatchEvaluationsResponse;
import io.engram.proto.name.RunName;
import io.engram.proto.name.TaskName;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/**
 * When a watcher looks for outcomes. Runs on the JVM alone: it calls classes, and {@code ResultsTest} and {@code
 * EvaluationFailureTest} watch the running service on both.
 */
class WatchEvaluationsTest {
    private static final RunName RUN = RunName.parse("run", "runs/r1");
    private static final Duration NEVER = Duration.ofDays(1);
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final List<Outcome> rows = new CopyOnWriteArrayList<>();
    private final StoredOutcomes stored = new StoredOutcomes();

    @Test
    void whatThisProcessStoresIsSeenWithoutWaitingForTheNextLook() {
        AssertSubscriber<WatchEvaluationsResponse> watcher = watch(NEVER);

        store(0, 2);
        watcher.awaitItems(1, LIMIT);
        store(1, 2);

        watcher.awaitCompletion(LIMIT);
        assertThat(tasks(watcher)).containsExactly(0, 1);
    }

    @Test
    void whatAnotherProcessStoresIsSeenAtTheNextLook() {
        AssertSubscriber<WatchEvaluationsResponse> watcher = watch(Duration.ofMillis(20));

        rows.add(failure(0, 1));

        watcher.awaitCompletion(LIMIT);
        assertThat(tasks(watcher)).containsExactly(0);
    }

    @Test
    void aWatcherThatTakesOneAtATimeMissesNone() {
        AssertSubscriber<WatchEvaluationsResponse> watcher =
                grpc(NEVER).watchEvaluations(request()).subscribe().withSubscriber(AssertSubscriber.create(0));
        for (int task = 0; task < 300; task++) {
            store(task, 300);
        }

        for (int task = 0; task < 300; task++) {
            watcher.awaitNextItem(LIMIT);
        }
        watcher.request(1);

        watcher.awaitCompletion(LIMIT);
        assertThat(tasks(watcher)).hasSize(300).isSorted();
    }

    @Test
    void aWatcherThatLeftIsForgotten() {
        AssertSubscriber<WatchEvaluationsResponse> watcher = watch(NEVER);
        assertThat(stored.listeners()).isEqualTo(1);

        watcher.cancel();

        assertThat(stored.listeners()).isZero();
    }

    private AssertSubscriber<WatchEvaluationsResponse> watch(Duration interval) {
        return grpc(interval)
                .watchEvaluations(request())
                .subscribe()
                .withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));
    }

    private static WatchEvaluationsRequest request() {
        return WatchEvaluationsRequest.newBuilder().setRun(RUN.toString()).build();
    }

    private static List<Integer> tasks(AssertSubscriber<WatchEvaluationsResponse> watcher) {
        return watcher.getItems().stream()
                .map(response -> response.getFailure().getTaskIndex())
                .toList();
    }

    private void store(int task, int taskCount) {
        rows.add(failure(task, taskCount));
        stored.tell(RUN);
    }

    private static Outcome failure(int task, int taskCount) {
        TaskName name = TaskName.parse("name", RUN + "/tasks/" + task);
        return new EvaluationFailure(
                task + 1L, name, 1, taskCount, ErrorReason.ARTIFACT_CORRUPT, "damaged", Instant.EPOCH);
    }

    private EvaluatorGrpc grpc(Duration interval) {
        EvaluationStore store = answering(EvaluationStore.class, arguments -> rows.stream()
                .filter(row -> row.sequence() > (long) arguments[1])
                .toList());
        return new EvaluatorGrpc(new Results(store), stored, answering(EvaluatorConfig.class, nothing -> interval));
    }

    private interface Answer {
        Object to(Object[] arguments);
    }

    /** For a test that calls one method of the interface. */
    private static <T> T answering(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> answer.to(arguments)));
    }
}
