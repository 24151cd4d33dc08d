package io.engram.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.evaluator.application.EvaluateTask;
import io.engram.proto.event.v1.TaskEvaluated;
import io.engram.service.fault.FaultPoints;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.junit.jupiter.api.Test;

/**
 * Faults in the middle of an evaluation. Runs on the JVM alone: it arms them inside the service's process. {@link CrashIT} lets
 * native executables die at the same points.
 */
@QuarkusTest
class EvaluationFaultsTest extends ServiceTest {
    @Inject
    FaultPoints faults;

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
}
