package io.engram.trainer;

import static io.engram.trainer.TrainerClient.DEADLINE;
import static io.engram.trainer.TrainerClient.longer;
import static io.engram.trainer.TrainerClient.quick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.engram.localstack.ChildProcesses;
import io.engram.localstack.FreePorts;
import io.engram.localstack.TestBackends;
import io.engram.proto.trainer.v1.Run;
import io.engram.proto.trainer.v1.RunState;
import io.engram.proto.type.v1.RunSpec;
import io.engram.service.outbox.OutboxRelay;
import io.engram.trainer.application.TrainerFaults;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged trainer in processes of its own, which are stopped, killed, or lack what they need. */
@Tag("end-to-end")
class TrainerDeathIT {
    private static final int KILLED = 137;
    private static final int TERMINATED = 143;
    /** Longer than any test: what goes on did not wait for it. */
    private static final Map<String, String> ENDLESS_LEASE = Map.of("ENGRAM_TRAINER_LEASE", "1h");

    private static final List<String> POINTS = List.of(
            TrainerFaults.SIGN_OF_LIFE,
            TrainerFaults.MODEL_WRITTEN,
            TrainerFaults.MEMORY_COMMITTED,
            TrainerFaults.CHECKPOINT_WRITTEN,
            TrainerFaults.TASK_COMMITTED);

    private static final ChildProcesses CHILDREN = new ChildProcesses();

    @TempDir
    private static Path folder;

    private static TrainedRuns runs;
    private static Run undisturbed;

    @BeforeAll
    static void trainUndisturbed() {
        runs = new TrainedRuns(TestBackends.postgres(), artifacts());
        try (TrainerProcess trainer = start(ENDLESS_LEASE).awaitReady()) {
            undisturbed = trainer.client()
                    .awaitState(trainer.client().create(longer()).getName(), RunState.RUN_STATE_SUCCEEDED);
        }
    }

    @AfterAll
    static void endProcesses() {
        CHILDREN.close();
    }

    @Test
    void aTrainerThatIsToldToEndHandsItsRunToTheNextAtOnceWhichGoesOnFromThere() throws SQLException {
        try (TrainerProcess first = start(ENDLESS_LEASE).awaitReady();
                TrainerProcess second = start(ENDLESS_LEASE).awaitReady()) {
            String name = first.client().create(longer()).getName();
            awaitMiddle(first, name);
            TrainerProcess holder = first.log().contains(name + ", attempt 1: started") ? first : second;
            TrainerProcess next = holder == first ? second : first;

            holder.requestStop();
            assertThat(holder.awaitEnd()).isEqualTo(TERMINATED);

            Run run = next.client().awaitState(name, RunState.RUN_STATE_SUCCEEDED);
            runs.assertSame(run, undisturbed);
            runs.assertToldOnce(run);
            runs.assertEachTaskToldOnce(run);
            runs.assertTidy(run);
            assertThat(runs.states(run))
                    .containsExactly(
                            "0/state/QUEUED",
                            "1/state/RUNNING",
                            "1/state/QUEUED",
                            "2/state/RUNNING",
                            "2/state/SUCCEEDED");
            // No checkpoints within tasks were asked for: this one was made because the trainer was told to end.
            assertThat(run.getResumedFrom().getStep()).isPositive();
            assertThat(next.log()).contains(name + ", attempt 2: goes on from task ");
        }
    }

    @Test
    void aTrainerWithOtherComputeThreadsGoesOnAndWarnsOfIt() {
        String name;
        try (TrainerProcess first = start(ENDLESS_LEASE).awaitReady()) {
            name = first.client().create(longer()).getName();
            awaitMiddle(first, name);
            first.requestStop();
            assertThat(first.awaitEnd()).isEqualTo(TERMINATED);
        }
        try (TrainerProcess next = start(Map.of("ENGRAM_COMPUTE_THREADS", "2")).awaitReady()) {
            Run run = next.client().awaitState(name, RunState.RUN_STATE_SUCCEEDED);

            assertThat(next.log())
                    .contains(name + ", attempt 2: goes on with 2 compute threads from a checkpoint made with 1");
            assertThat(runs.lastDescriptor(run)).containsPattern("\"compute_threads\": ?\"1, 2\"");
        }
    }

    /** One that dies while an event is on its way cannot know that Kafka has it: it is told again, under its id. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                TrainerFaults.STEP + ":1000",
                TrainerFaults.SIGN_OF_LIFE + ":2",
                TrainerFaults.MEMORY_COMMITTED + ":4",
                TrainerFaults.CHECKPOINT_WRITTEN + ":3"
            })
    void whereverATrainerDiesItsRunEndsAsTheUndisturbedOneAndEachTaskIsToldOnce(String point) throws SQLException {
        Run run = trainWithADeathAt(point, longer());

        assertThat(run.getAttempt()).isEqualTo(2);
        assertLikeUndisturbed(run);
    }

    /** Points and times by a seed: with checkpoints within tasks, in every kind of schedule. */
    @Tag("slow")
    @RepeatedTest(12)
    void whereverATrainerDiesByChanceItsRunEndsAsTheUndisturbedOne(RepetitionInfo repetition) throws SQLException {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        RunSpec.Builder spec = longer();
        switch (random.nextInt(3)) {
            case 0 -> spec.getTrainingBuilder().setCheckpointSteps(1 + random.nextInt(300));
            case 1 -> spec.getTrainingBuilder().setCheckpointEpochs(1 + random.nextInt(30));
            default -> {
                // the ends of tasks alone
            }
        }
        boolean anyStep = random.nextBoolean();
        String point = anyStep ? TrainerFaults.STEP : POINTS.get(random.nextInt(POINTS.size()));
        int occurrence = 1 + random.nextInt(anyStep ? 2600 : 4);

        Run run = trainWithADeathAt(point + ":" + occurrence, spec);

        assertLikeUndisturbed(run);
    }

    @Tag("slow")
    @Test
    void aTrainerThatDiesBeforeItGoesOnLosesNothing() throws SQLException {
        String request = UUID.randomUUID().toString();
        RunSpec.Builder spec = longer();
        spec.getTrainingBuilder().setCheckpointSteps(100);
        die(Map.of("ENGRAM_FAULT_HALT_AT", TrainerFaults.STEP + ":1234"), spec, request);
        die(Map.of("ENGRAM_FAULT_HALT_AT", TrainerFaults.RESUMED), spec, request);

        Run run = end(spec, request);

        assertThat(run.getAttempt()).isEqualTo(3);
        // Step 1234 was not made, and the newest multiple of 100 that lies within a task is this.
        assertThat(run.getResumedFrom().getStep()).isEqualTo(1200);
        assertLikeUndisturbed(run);
    }

    @Test
    void whatARunThatEndedWithItsTrainerLeftIsSweptAtTheNextStart() throws IOException {
        Path orphan = Files.createDirectories(artifacts().resolve("checkpoints/nobody"));
        Files.createFile(orphan.resolve("0000000001-0000000001.checkpoint"));

        try (TrainerProcess next = start(ENDLESS_LEASE).awaitReady()) {
            await().atMost(DEADLINE).until(() -> !Files.exists(orphan));
            assertThat(next.log()).contains("runs/nobody", "removed");
        }
    }

    private static void assertLikeUndisturbed(Run run) throws SQLException {
        runs.assertSame(run, undisturbed);
        runs.assertEachTaskToldOnce(run);
        runs.assertTidy(run);
    }

    @Test
    void anEventWhoseSenderDiedIsToldAgainUnderItsId() throws SQLException {
        Run run = trainWithADeathAt(OutboxRelay.PUBLISHED, longer());

        runs.assertSame(run, undisturbed);
        runs.assertToldOnceById(run);
        assertThat(runs.states(run)).startsWith("0/state/QUEUED", "0/state/QUEUED");
    }

    @Test
    void aFolderOfModelsThatCannotBeWrittenFailsTheRunAndSaysWhatToDo() throws IOException {
        Path file = Files.createFile(folder.resolve("a-file"));
        try (TrainerProcess trainer =
                start(Map.of("ENGRAM_ARTIFACT_DIR", file.toString())).awaitReady()) {
            Run run =
                    trainer.client().awaitState(trainer.client().create(quick()).getName(), RunState.RUN_STATE_FAILED);

            assertThat(run.getAttempt()).isEqualTo(1);
            assertThat(run.getFailure().getReason()).isEqualTo("ARTIFACT_WRITE_FAILED");
            assertThat(run.getFailure().getMessage())
                    .contains(file.toString(), "ENGRAM_ARTIFACT_DIR", "permissions")
                    .doesNotContain("Exception");
        }
    }

    @Test
    void aBufferServiceThatIsNeverThereFailsTheRunAndIsNamed() {
        String nowhere = "127.0.0.1:" + FreePorts.next();
        try (TrainerProcess trainer = start(
                        Map.of("ENGRAM_BUFFER_ADDRESS", nowhere, "ENGRAM_TRAINER_ATTEMPT_LIMIT", "3"))
                .awaitReady()) {
            Run run =
                    trainer.client().awaitState(trainer.client().create(quick()).getName(), RunState.RUN_STATE_FAILED);

            assertThat(run.getAttempt()).isEqualTo(3);
            assertThat(run.getFailure().getReason()).isEqualTo("BUFFER_UNAVAILABLE");
            assertThat(run.getFailure().getMessage())
                    .contains(nowhere, "ENGRAM_BUFFER_ADDRESS")
                    .doesNotContain("Exception");
        }
    }

    /** Submits a run to a trainer that dies at a point, and lets another end it. */
    private static Run trainWithADeathAt(String point, RunSpec.Builder spec) {
        String request = UUID.randomUUID().toString();
        die(Map.of("ENGRAM_FAULT_HALT_AT", point), spec, request);
        return end(spec, request);
    }

    private static void die(Map<String, String> settings, RunSpec.Builder spec, String request) {
        try (TrainerProcess dying = start(settings).awaitReady()) {
            submit(dying, spec, request);
            assertThat(dying.awaitEnd()).isEqualTo(KILLED);
        }
    }

    private static Run end(RunSpec.Builder spec, String request) {
        try (TrainerProcess next = start(Map.of()).awaitReady()) {
            String name = next.client().create(spec, request).getName();
            return next.client().awaitState(name, RunState.RUN_STATE_SUCCEEDED);
        }
    }

    /** Whoever submits may see the trainer die before it answers. */
    private static void submit(TrainerProcess dying, RunSpec.Builder spec, String request) {
        try {
            dying.client().create(spec, request);
        } catch (StatusRuntimeException died) {
            assertThat(died.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        }
    }

    static void awaitMiddle(TrainerProcess trainer, String name) {
        await().atMost(DEADLINE).until(() -> trainer.client().get(name).getTasksCount() > 1);
        assertThat(trainer.client().get(name).getState()).isEqualTo(RunState.RUN_STATE_RUNNING);
    }

    private static TrainerProcess start(Map<String, String> settings) {
        Map<String, String> environment =
                new HashMap<>(TrainerProcess.environment(TestBackends.postgres(), artifacts()));
        environment.putAll(settings);
        return TrainerProcess.start(CHILDREN, environment, folder.resolve(UUID.randomUUID() + ".log"));
    }

    private static Path artifacts() {
        return folder.resolve("artifacts");
    }
}
