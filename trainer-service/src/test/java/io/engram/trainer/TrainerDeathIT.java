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
import io.engram.service.outbox.OutboxRelay;
import io.engram.trainer.application.TrainerFaults;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
    void aTrainerThatIsToldToEndHandsItsRunToTheNextAtOnce() throws SQLException {
        String name;
        try (TrainerProcess first = start(ENDLESS_LEASE).awaitReady()) {
            name = first.client().create(longer()).getName();
            awaitMiddle(first, name);
            first.requestStop();
            assertThat(first.awaitEnd()).isEqualTo(TERMINATED);
        }

        try (TrainerProcess second = start(ENDLESS_LEASE).awaitReady()) {
            Run run = second.client().awaitState(name, RunState.RUN_STATE_SUCCEEDED);
            runs.assertSame(run, undisturbed);
            runs.assertToldOnce(run);
            assertThat(runs.states(run))
                    .containsExactly(
                            "0/state/QUEUED",
                            "1/state/RUNNING",
                            "1/state/QUEUED",
                            "2/state/RUNNING",
                            "2/state/SUCCEEDED");
        }
    }

    /** One that dies while an event is on its way cannot know that Kafka has it: it is told again, under its id. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                TrainerFaults.STEP,
                TrainerFaults.SIGN_OF_LIFE,
                TrainerFaults.MODEL_WRITTEN,
                TrainerFaults.TASK_COMMITTED
            })
    void whereverATrainerDiesItsRunEndsAndEachTaskIsToldUnderOneId(String point) throws SQLException {
        Run run = trainWithADeathAt(point);

        assertThat(run.getAttempt()).isEqualTo(2);
        runs.assertSame(run, undisturbed);
        runs.assertToldOnceById(run);
    }

    @Test
    void anEventWhoseSenderDiedIsToldAgainUnderItsId() throws SQLException {
        Run run = trainWithADeathAt(OutboxRelay.PUBLISHED);

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
    private static Run trainWithADeathAt(String point) {
        String request = UUID.randomUUID().toString();
        try (TrainerProcess dying = start(Map.of("ENGRAM_FAULT_HALT_AT", point)).awaitReady()) {
            submit(dying, request);
            assertThat(dying.awaitEnd()).isEqualTo(KILLED);
        }
        try (TrainerProcess next = start(Map.of()).awaitReady()) {
            String name = next.client().create(longer(), request).getName();
            return next.client().awaitState(name, RunState.RUN_STATE_SUCCEEDED);
        }
    }

    /** Whoever submits may see the trainer die before it answers. */
    private static void submit(TrainerProcess dying, String request) {
        try {
            dying.client().create(longer(), request);
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
