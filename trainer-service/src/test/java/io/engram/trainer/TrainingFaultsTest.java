package io.engram.trainer;

import static io.engram.trainer.TrainerClient.DEADLINE;
import static io.engram.trainer.TrainerClient.endless;
import static io.engram.trainer.TrainerClient.quick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.engram.learning.dataset.Datasets;
import io.engram.proto.event.EventJson;
import io.engram.proto.event.EventType;
import io.engram.proto.event.UnreadableEventException;
import io.engram.proto.event.v1.TaskCompleted;
import io.engram.proto.trainer.v1.Run;
import io.engram.proto.trainer.v1.RunState;
import io.engram.proto.trainer.v1.TrainedTask;
import io.engram.service.fault.FaultPoints;
import io.engram.trainer.application.ComputeEngine;
import io.engram.trainer.application.LeaseLostException;
import io.engram.trainer.application.Models;
import io.engram.trainer.application.ReplayMemories;
import io.engram.trainer.application.RunQueue;
import io.engram.trainer.application.RunStore;
import io.engram.trainer.application.TrainerFaults;
import io.engram.trainer.application.TrainerSettings;
import io.engram.trainer.application.TrainingTotals;
import io.engram.trainer.application.Worker;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Faults in the middle of a run. Runs on the JVM alone: it arms them, and runs a second worker, inside the service's process.
 * {@link TrainerDeathIT} and {@link DatabaseOutageIT} let native executables die and stand still at the same points.
 */
@QuarkusTest
class TrainingFaultsTest extends AgainstTheTrainer {
    @Inject
    FaultPoints faults;

    @Inject
    TrainerSettings settings;

    @Inject
    RunQueue queue;

    @Inject
    RunStore store;

    @Inject
    ComputeEngine engine;

    @Inject
    Datasets datasets;

    @Inject
    ReplayMemories memories;

    @Inject
    Models models;

    /** Faults must meet the run they are meant for. */
    @BeforeEach
    void awaitIdleTrainer() {
        await().atMost(DEADLINE).until(() -> Stream.of("QUEUED", "RUNNING")
                .allMatch(status -> store.countByStatus().getOrDefault(status, 0L) == 0));
    }

    @Test
    void anUnexpectedFaultFailsTheRunAndNotTheTrainer() {
        faults.arm(TrainerFaults.STEP, () -> {
            throw new IllegalStateException("a fault on purpose");
        });

        Run failed = client.awaitState(client.create(quick()).getName(), RunState.RUN_STATE_FAILED);

        assertThat(failed.getFailure().getReason()).isEqualTo("INTERNAL");
        assertThat(failed.getFailure().getMessage()).contains("under the id").doesNotContain("on purpose");
        client.awaitState(client.create(quick()).getName(), RunState.RUN_STATE_SUCCEEDED);
    }

    /** A trainer that dies leaves its row to the lease and writes nothing more: so does one that gives up at that point. */
    @ParameterizedTest
    @CsvSource({
        TrainerFaults.STEP + ", 25, 2",
        TrainerFaults.MODEL_WRITTEN + ", 2, 1",
        TrainerFaults.TASK_COMMITTED + ", 2, 2"
    })
    void nothingIsLostOrDoubledByACrash(String point, int occurrence, int toldBefore) throws UnreadableEventException {
        armAt(point, occurrence);

        String name = client.create(quick()).getName();
        Run run = client.awaitState(name, RunState.RUN_STATE_SUCCEEDED);

        assertThat(run.getAttempt()).isEqualTo(2);
        assertThat(run.getTasksList()).extracting(TrainedTask::getTaskIndex).containsExactly(0, 1, 2, 3, 4);
        List<ConsumerRecord<String, String>> told = awaitEvents(name, EventType.TASK_COMPLETED, 5 + toldBefore);
        assertThat(events.ids(name, EventType.TASK_COMPLETED))
                .hasSize(5 + toldBefore)
                .doesNotHaveDuplicates()
                .containsAll(IntStream.range(0, 5)
                        .mapToObj(task -> id(run) + "/2/tasks/" + task + "/completed")
                        .toList());
        for (ConsumerRecord<String, String> record : told) {
            model(EventJson.parse(record.value(), TaskCompleted.getDefaultInstance()));
        }
        assertThat(events.ids(name, EventType.RUN_STATE))
                .containsExactly(
                        id(run) + "/0/state/QUEUED",
                        id(run) + "/1/state/RUNNING",
                        id(run) + "/2/state/RUNNING",
                        id(run) + "/2/state/SUCCEEDED");
        assertThat(weights(name, 0, 2)).isEqualTo(weights(name, 0, 1));
    }

    private void armAt(String point, int occurrence) {
        faults.arm(point, () -> {
            if (occurrence == 1) {
                throw new LeaseLostException("a crash on purpose");
            }
            armAt(point, occurrence - 1);
        });
    }

    @Test
    void aTrainerThatStoodStillLongerThanItsLeaseWritesNothingWhenItGoesOn() throws InterruptedException {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        faults.arm(TrainerFaults.MODEL_WRITTEN, () -> {
            // The thread that looks after the lease stands still with it, as in a process that is stopped.
            faults.arm(TrainerFaults.SIGN_OF_LIFE, () -> hold(goOn));
            reached.countDown();
            hold(goOn);
        });
        String name = client.create(quick()).getName();
        assertThat(reached.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        try (Worker other = otherWorker()) {
            other.start();
            client.awaitState(name, RunState.RUN_STATE_SUCCEEDED);
        }
        goOn.countDown();
        client.awaitState(client.create(quick()).getName(), RunState.RUN_STATE_SUCCEEDED);

        Run run = client.get(name);
        assertThat(run.getState()).isEqualTo(RunState.RUN_STATE_SUCCEEDED);
        assertThat(run.getAttempt()).isEqualTo(2);
        awaitEvents(name, EventType.TASK_COMPLETED, 5);
        assertThat(events.ids(name, EventType.TASK_COMPLETED))
                .containsExactlyElementsOf(IntStream.range(0, 5)
                        .mapToObj(task -> id(run) + "/2/tasks/" + task + "/completed")
                        .toList());
        assertThat(weights(name, 0, 2)).isEqualTo(weights(name, 0, 1));
    }

    @Test
    void aTrainerThatIsAskedToEndGivesItsRunBack() throws InterruptedException {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        faults.arm(TrainerFaults.STEP, () -> {
            reached.countDown();
            hold(goOn);
        });
        String held = client.create(quick()).getName();
        assertThat(reached.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        String name = client.create(endless()).getName();

        try (Worker other = otherWorker()) {
            other.start();
            client.awaitState(name, RunState.RUN_STATE_RUNNING);
            await().atMost(DEADLINE).until(() -> client.get(name).getProgress().getStep() > 0);
        }

        Run back = client.get(name);
        assertThat(back.getState()).isEqualTo(RunState.RUN_STATE_QUEUED);
        assertThat(back.getAttempt()).isEqualTo(1);
        client.cancel(name);
        goOn.countDown();
        client.awaitState(held, RunState.RUN_STATE_SUCCEEDED);
        assertThat(events.ids(name, EventType.RUN_STATE))
                .contains(id(back) + "/1/state/QUEUED", id(back) + "/1/state/CANCELLED");
    }

    private Worker otherWorker() {
        TrainerSettings other = new TrainerSettings(
                "another",
                settings.lease(),
                settings.heartBeat(),
                settings.poll(),
                settings.attemptLimit(),
                settings.retryPause());
        return new Worker(
                other,
                queue,
                engine,
                datasets,
                memories,
                models,
                new TrainingTotals(),
                new FaultPoints(Optional.empty()));
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }

    private byte[] weights(String run, int task, int attempt) {
        Path file =
                TrainerBackends.artifacts().resolve(run + "/tasks/" + task + "/" + attempt + "/weights.safetensors");
        try {
            return Files.readAllBytes(file);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
