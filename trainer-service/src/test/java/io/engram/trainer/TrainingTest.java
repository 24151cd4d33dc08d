package io.engram.trainer;

import static io.engram.trainer.TrainerClient.DEADLINE;
import static io.engram.trainer.TrainerClient.diverging;
import static io.engram.trainer.TrainerClient.endless;
import static io.engram.trainer.TrainerClient.quick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.engram.learning.artifact.ArtifactReference;
import io.engram.learning.artifact.ArtifactStore;
import io.engram.learning.artifact.FrozenModel;
import io.engram.learning.dataset.Datasets;
import io.engram.proto.buffer.v1.BufferServiceGrpc;
import io.engram.proto.buffer.v1.DeleteBufferRequest;
import io.engram.proto.buffer.v1.ListBuffersRequest;
import io.engram.proto.event.EventJson;
import io.engram.proto.event.EventType;
import io.engram.proto.event.UnreadableEventException;
import io.engram.proto.event.v1.RunStateChanged;
import io.engram.proto.event.v1.TaskCompleted;
import io.engram.proto.trainer.v1.Run;
import io.engram.proto.trainer.v1.RunState;
import io.engram.proto.trainer.v1.TrainedTask;
import io.engram.proto.type.v1.ClassLabel;
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
import io.engram.trainer.config.TrainerConfig;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.quarkus.test.common.QuarkusTestResource;
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

@QuarkusTest
@QuarkusTestResource(TrainerBackends.class)
class TrainingTest {
    @Inject
    TrainerClient client;

    @Inject
    Events events;

    @Inject
    FaultPoints faults;

    @Inject
    TrainerConfig config;

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
    void everyLearnedTaskIsTold() throws UnreadableEventException {
        Run run = client.awaitState(
                client.create(quick().setDisplayName("told")).getName(), RunState.RUN_STATE_SUCCEEDED);

        List<ConsumerRecord<String, String>> records = awaitEvents(run.getName(), EventType.TASK_COMPLETED, 5);
        ConsumerRecord<String, String> record = records.get(1);
        assertThat(record.key()).isEqualTo(run.getName());
        assertThat(Events.headers(record))
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_id", id(run) + "/1/tasks/1/completed")
                .containsEntry("ce_type", "engram.task.completed.v1")
                .containsEntry("ce_source", "/engram/trainer")
                .containsEntry("ce_subject", run.getName() + "/tasks/1")
                .containsEntry("content-type", "application/json")
                .containsKey("ce_time");
        TaskCompleted event = EventJson.parse(record.value(), TaskCompleted.getDefaultInstance());
        TrainedTask task = run.getTasks(1);
        assertThat(event.getDisplayName()).isEqualTo("told");
        assertThat(event.getMethod()).isEqualTo("er");
        assertThat(event.getDataset()).isEqualTo("digits");
        assertThat(event.getTaskCount()).isEqualTo(5);
        assertThat(event.getClassesList()).extracting(ClassLabel::getLabel).isEqualTo(task.getLabelsList());
        assertThat(event.getTraining().getSteps()).isEqualTo(task.getSteps()).isPositive();
        assertThat(event.getTraining().getSamples()).isEqualTo(task.getSamples());
        assertThat(model(event).descriptor().labelsByTask()).isEqualTo(List.of(List.of(0, 1), List.of(2, 3)));
    }

    @Test
    void everyStateIsTold() throws UnreadableEventException {
        Run run = client.awaitState(client.create(quick()).getName(), RunState.RUN_STATE_SUCCEEDED);

        List<ConsumerRecord<String, String>> records = awaitEvents(run.getName(), EventType.RUN_STATE, 3);

        assertThat(events.ids(run.getName(), EventType.RUN_STATE))
                .containsExactly(
                        id(run) + "/0/state/QUEUED", id(run) + "/1/state/RUNNING", id(run) + "/1/state/SUCCEEDED");
        RunStateChanged last = EventJson.parse(records.get(2).value(), RunStateChanged.getDefaultInstance());
        assertThat(last.getState()).isEqualTo("SUCCEEDED");
        assertThat(last.getReason()).isEmpty();
    }

    @Test
    void aRunThatDivergesFailsAndTheNextOneSucceeds() throws UnreadableEventException {
        String diverging = client.create(diverging()).getName();
        String next = client.create(quick()).getName();

        Run failed = client.awaitState(diverging, RunState.RUN_STATE_FAILED);
        assertThat(failed.getFailure().getReason()).isEqualTo("LOSS_NOT_FINITE");
        assertThat(failed.getFailure().getMessage()).contains("step", "optimizer.settings.learning_rate", "1000");
        client.awaitState(next, RunState.RUN_STATE_SUCCEEDED);
        ConsumerRecord<String, String> told =
                awaitEvents(diverging, EventType.RUN_STATE, 3).get(2);
        assertThat(EventJson.parse(told.value(), RunStateChanged.getDefaultInstance())
                        .getReason())
                .isEqualTo("LOSS_NOT_FINITE");
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

    @Test
    void aRunThatLosesItsReplayMemoryBeginsAgainAndLeavesNoBufferBehind() {
        assumeTrue(config.replay() == TrainerConfig.Replay.BUFFER_SERVICE, "the buffer service is not built yet");
        ManagedChannel channel = ManagedChannelBuilder.forTarget(config.bufferAddress())
                .usePlaintext()
                .build();
        try {
            var buffers = BufferServiceGrpc.newBlockingStub(channel);
            String name = client.create(endless()).getName();
            await().atMost(DEADLINE).until(() -> client.get(name).getProgress().getStep() > 0);

            buffers.deleteBuffer(DeleteBufferRequest.newBuilder()
                    .setName("buffers/" + name.substring("runs/".length()) + "-1")
                    .build());

            await().atMost(DEADLINE).until(() -> client.get(name).getAttempt() == 2);
            client.cancel(name);
            client.awaitState(name, RunState.RUN_STATE_CANCELLED);
            await().atMost(DEADLINE).until(() -> buffers.listBuffers(ListBuffersRequest.getDefaultInstance())
                    .getBuffersList()
                    .isEmpty());
        } finally {
            channel.shutdownNow();
        }
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

    private List<ConsumerRecord<String, String>> awaitEvents(String run, EventType type, int count) {
        await().atMost(DEADLINE).until(() -> events.of(run, type).size() >= count);
        return events.of(run, type);
    }

    private static String id(Run run) {
        return run.getName().substring("runs/".length());
    }

    private FrozenModel model(TaskCompleted event) {
        return new ArtifactStore(config.artifactDir())
                .read(new ArtifactReference(
                        event.getArtifact().getUri(),
                        event.getArtifact().getSizeBytes(),
                        event.getArtifact().getSha256()));
    }

    private byte[] weights(String run, int task, int attempt) {
        Path file = config.artifactDir().resolve(run + "/tasks/" + task + "/" + attempt + "/weights.safetensors");
        try {
            return Files.readAllBytes(file);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
