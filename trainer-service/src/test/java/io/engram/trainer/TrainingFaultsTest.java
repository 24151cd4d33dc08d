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
import io.engram.proto.type.v1.RunSpec;
import io.engram.service.fault.FaultPoints;
import io.engram.trainer.application.ComputeEngine;
import io.engram.trainer.application.LeaseLostException;
import io.engram.trainer.application.Leftovers;
import io.engram.trainer.application.RunPlaces;
import io.engram.trainer.application.RunQueue;
import io.engram.trainer.application.RunStore;
import io.engram.trainer.application.RunWatchers;
import io.engram.trainer.application.TrainerFaults;
import io.engram.trainer.application.TrainerSettings;
import io.engram.trainer.application.TrainingTotals;
import io.engram.trainer.application.Worker;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
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
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Faults in the middle of a run. Runs on the JVM alone: it arms them, and runs a second worker, inside the service's process.
 * {@link TrainerDeathIT} and {@link DatabaseOutageIT} let native executables die and stand still at the same points.
 */
@QuarkusTest
class TrainingFaultsTest extends AgainstTheTrainer {
    private static String undisturbed;

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
    RunPlaces places;

    @Inject
    Leftovers leftovers;

    @Inject
    RunWatchers watchers;

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
        // Nine steps a task.
        TrainerFaults.STEP + ", 25, 2, 18",
        TrainerFaults.MODEL_WRITTEN + ", 2, 1, 9",
        TrainerFaults.MEMORY_COMMITTED + ", 3, 2, 18",
        TrainerFaults.CHECKPOINT_WRITTEN + ", 1, 0, -1",
        TrainerFaults.CHECKPOINT_WRITTEN + ", 3, 2, 18",
        TrainerFaults.TASK_COMMITTED + ", 2, 2, 18",
        TrainerFaults.TASK_COMMITTED + ", 5, 5, -1"
    })
    void nothingIsLostOrDoubledByACrash(String point, int occurrence, int learnedBefore, long resumedStep)
            throws UnreadableEventException {
        String undisturbed = undisturbed();
        crashAt(point, occurrence);

        String name = client.create(quick()).getName();
        Run run = client.awaitState(name, RunState.RUN_STATE_SUCCEEDED);

        assertThat(run.getAttempt()).isEqualTo(2);
        assertThat(run.hasResumedFrom() ? run.getResumedFrom().getStep() : -1).isEqualTo(resumedStep);
        assertThat(run.getTasksList()).extracting(TrainedTask::getTaskIndex).containsExactly(0, 1, 2, 3, 4);
        assertThat(run.getTasksList())
                .extracting(TrainedTask::getAttempt)
                .isEqualTo(IntStream.range(0, 5)
                        .mapToObj(task -> task < learnedBefore ? 1 : 2)
                        .toList());
        assertToldAsLearned(run);
        assertThat(events.ids(name, EventType.RUN_STATE))
                .containsExactly(
                        id(run) + "/0/state/QUEUED",
                        id(run) + "/1/state/RUNNING",
                        id(run) + "/2/state/RUNNING",
                        id(run) + "/2/state/SUCCEEDED");
        assertSameModels(run, undisturbed);
        awaitTidy(run);
    }

    /** The checkpoints follow the database: what cannot be used is passed over, and what it would have given is not lost. */
    @ParameterizedTest
    @ValueSource(strings = {"damaged", "newer"})
    void aCheckpointThatCannotBeUsedIsPassedOver(String how) throws UnreadableEventException {
        String undisturbed = undisturbed();
        faults.armAt(TrainerFaults.TASK_COMMITTED, 3, () -> {
            spoilNewestCheckpoint(how);
            throw new LeaseLostException("a crash on purpose");
        });

        String name = client.create(quick()).getName();
        Run run = client.awaitState(name, RunState.RUN_STATE_SUCCEEDED);

        assertThat(run.getResumedFrom().getStep()).isEqualTo(18);
        // The third task was learned again and came out the same: it is not told again.
        assertThat(run.getTasksList()).extracting(TrainedTask::getAttempt).containsExactly(1, 1, 1, 2, 2);
        assertToldAsLearned(run);
        assertSameModels(run, undisturbed);
    }

    @Test
    void aRunWhoseCheckpointsAreAllGoneBeginsAgainAndTellsNothingTwice() throws UnreadableEventException {
        faults.armAt(TrainerFaults.TASK_COMMITTED, 3, () -> {
            newestCheckpoints().forEach(TrainingFaultsTest::delete);
            throw new LeaseLostException("a crash on purpose");
        });

        Run run = client.awaitState(client.create(quick()).getName(), RunState.RUN_STATE_SUCCEEDED);

        assertThat(run.hasResumedFrom()).isFalse();
        assertThat(run.getTasksList()).extracting(TrainedTask::getAttempt).containsExactly(1, 1, 1, 2, 2);
        assertToldAsLearned(run);
    }

    @Test
    void aRunIsCrashedAgainAndAgainAndComesToItsEnd() throws UnreadableEventException {
        RunSpec.Builder spec = quick();
        spec.getTrainingBuilder().setEpochs(3).setCheckpointSteps(4);
        String undisturbed = client.create(spec).getName();
        client.awaitState(undisturbed, RunState.RUN_STATE_SUCCEEDED);
        // As often as attempts may be lost without coming further.
        crashAgainAndAgain(settings.attemptLimit());

        Run run = client.awaitState(client.create(spec).getName(), RunState.RUN_STATE_SUCCEEDED);

        assertThat(run.getAttempt()).isEqualTo(1 + settings.attemptLimit());
        assertToldAsLearned(run);
        assertSameModels(run, undisturbed);
    }

    /** A run of {@link TrainerClient#quick} that nothing happened to. */
    private String undisturbed() {
        if (undisturbed == null) {
            String name = client.create(quick()).getName();
            client.awaitState(name, RunState.RUN_STATE_SUCCEEDED);
            undisturbed = name;
        }
        return undisturbed;
    }

    private void crashAgainAndAgain(int times) {
        if (times > 0) {
            faults.armAt(TrainerFaults.STEP, 15, () -> {
                crashAgainAndAgain(times - 1);
                throw new LeaseLostException("a crash on purpose");
            });
        }
    }

    private void crashAt(String point, int occurrence) {
        faults.armAt(point, occurrence, () -> {
            throw new LeaseLostException("a crash on purpose");
        });
    }

    /** Each task once, by the attempt that learned it, with a model that is whole. */
    private void assertToldAsLearned(Run run) throws UnreadableEventException {
        List<ConsumerRecord<String, String>> told = awaitEvents(run.getName(), EventType.TASK_COMPLETED, 5);
        assertThat(events.ids(run.getName(), EventType.TASK_COMPLETED))
                .containsExactlyElementsOf(run.getTasksList().stream()
                        .map(task -> id(run) + "/" + task.getAttempt() + "/tasks/" + task.getTaskIndex() + "/completed")
                        .toList());
        for (ConsumerRecord<String, String> record : told) {
            model(EventJson.parse(record.value(), TaskCompleted.getDefaultInstance()));
        }
    }

    private void assertSameModels(Run run, String undisturbed) {
        for (TrainedTask task : run.getTasksList()) {
            assertThat(weights(run.getName(), task.getTaskIndex(), task.getAttempt()))
                    .isEqualTo(weights(undisturbed, task.getTaskIndex(), 1));
        }
    }

    private static void awaitTidy(Run run) {
        await().atMost(DEADLINE).until(() -> !Files.exists(checkpoints(run)));
    }

    private static Path checkpoints(Run run) {
        return TrainerBackends.artifacts().resolve("checkpoints").resolve(id(run));
    }

    private static void spoilNewestCheckpoint(String how) {
        Path newest = newestCheckpoints().get(0);
        try {
            byte[] bytes = Files.readAllBytes(newest);
            if (how.equals("damaged")) {
                bytes[bytes.length / 2] ^= 1;
                Files.write(newest, bytes);
            } else {
                Files.write(newest, ofANewerVersion(bytes));
            }
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private static byte[] ofANewerVersion(byte[] bytes) {
        int digest = 32;
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        bytes[text.indexOf("\"version\":1") + "\"version\":".length()] = '2';
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(bytes, 0, bytes.length - digest);
            System.arraycopy(sha256.digest(), 0, bytes, bytes.length - digest, digest);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
        return bytes;
    }

    /** Of the one run there is, newest first. */
    private static List<Path> newestCheckpoints() {
        try (Stream<Path> files = Files.walk(TrainerBackends.artifacts().resolve("checkpoints"))) {
            return files.filter(file -> file.toString().endsWith(".checkpoint"))
                    .sorted(Comparator.comparing(
                                    (Path file) -> file.getFileName().toString())
                            .reversed())
                    .toList();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
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
        assertThat(checkpoints(back)).isNotEmptyDirectory();
        client.cancel(name);
        goOn.countDown();
        client.awaitState(held, RunState.RUN_STATE_SUCCEEDED);
        awaitTidy(back);
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
                places,
                leftovers,
                watchers,
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
