package io.engram.trainer;

import static io.engram.trainer.TrainerClient.DEADLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.engram.localstack.ChildProcesses;
import io.engram.localstack.EngramHome;
import io.engram.localstack.FreePorts;
import io.engram.localstack.LocalPostgres;
import io.engram.localstack.PostgresOptions;
import io.engram.proto.trainer.v1.Run;
import io.engram.proto.trainer.v1.RunState;
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

/** Real PostgreSQL stands still or is away in the middle of a run; so does a trainer. */
@Tag("end-to-end")
class DatabaseOutageIT {
    private static final int PORT = FreePorts.next();
    private static final String[] GIVEN_UP = {"its lease was lost", "given up"};
    private static final Map<String, String> LONG_LEASE = Map.of("ENGRAM_TRAINER_LEASE", "1h");

    private static final ChildProcesses CHILDREN = new ChildProcesses();

    @TempDir
    private static Path folder;

    private static LocalPostgres postgres;
    private static TrainedRuns runs;
    private static Run undisturbed;

    @BeforeAll
    static void trainUndisturbed() {
        postgres = startPostgres();
        runs = new TrainedRuns(postgres, artifacts());
        try (TrainerProcess trainer = start(LONG_LEASE).awaitReady()) {
            undisturbed = trainer.client()
                    .awaitState(
                            trainer.client().create(TrainerClient.longer()).getName(), RunState.RUN_STATE_SUCCEEDED);
        }
    }

    @AfterAll
    static void endProcesses() {
        CHILDREN.close();
    }

    @Test
    void anOutageShorterThanTheLeaseCostsNothing() throws SQLException {
        try (TrainerProcess trainer = start(LONG_LEASE).awaitReady()) {
            String name = createAndAwaitMiddle(trainer);

            Signals.suspend(postgres());
            awaitLog(trainer, "trying on");
            Signals.resume(postgres());

            Run run = trainer.client().awaitState(name, RunState.RUN_STATE_SUCCEEDED);
            assertThat(run.getAttempt()).isEqualTo(1);
            assertWhole(run);
        }
    }

    @Test
    void anOutageLongerThanTheLeaseIsFollowedByOneNewAttempt() throws SQLException {
        try (TrainerProcess first = start(Map.of()).awaitReady();
                TrainerProcess second = start(Map.of()).awaitReady()) {
            String name = createAndAwaitMiddle(first);

            Signals.suspend(postgres());
            await().atMost(DEADLINE)
                    .untilAsserted(() -> assertThat(first.log() + second.log()).containsAnyOf(GIVEN_UP));
            Signals.resume(postgres());

            Run run = first.client().awaitState(name, RunState.RUN_STATE_SUCCEEDED);
            assertThat(run.getAttempt()).isEqualTo(2);
            assertWhole(run);
        }
    }

    @Tag("slow")
    @Test
    void aDatabaseThatIsStartedAgainIsFoundAgain() throws SQLException {
        try (TrainerProcess trainer = start(LONG_LEASE).awaitReady()) {
            String name = createAndAwaitMiddle(trainer);

            postgres.close();
            awaitLog(trainer, "trying on");
            postgres = startPostgres();

            Run run = trainer.client().awaitState(name, RunState.RUN_STATE_SUCCEEDED);
            assertThat(run.getAttempt()).isEqualTo(1);
            assertWhole(run);
        }
    }

    @Tag("slow")
    @Test
    void aTrainerThatStoodStillLongerThanItsLeaseWritesNothingMore() throws SQLException {
        try (TrainerProcess sleeper = start(Map.of()).awaitReady()) {
            String name = createAndAwaitMiddle(sleeper);
            Signals.suspend(sleeper.handle());
            try (TrainerProcess other = start(Map.of()).awaitReady()) {
                await().atMost(DEADLINE).until(() -> other.client().get(name).getAttempt() == 2);

                Signals.resume(sleeper.handle());

                awaitLog(sleeper, GIVEN_UP);
                Run run = other.client().awaitState(name, RunState.RUN_STATE_SUCCEEDED);
                assertThat(run.getAttempt()).isEqualTo(2);
                assertWhole(run);
            }
        }
    }

    private static void assertWhole(Run run) throws SQLException {
        runs.assertSame(run, undisturbed);
        runs.assertToldOnceById(run);
    }

    private static String createAndAwaitMiddle(TrainerProcess trainer) {
        String name = trainer.client().create(TrainerClient.longer()).getName();
        await().atMost(DEADLINE).until(() -> trainer.client().get(name).getTasksCount() > 1);
        assertThat(trainer.client().get(name).getState()).isEqualTo(RunState.RUN_STATE_RUNNING);
        return name;
    }

    /** One of these lines. */
    private static void awaitLog(TrainerProcess trainer, String... lines) {
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(trainer.log()).containsAnyOf(lines));
    }

    private static ProcessHandle postgres() {
        return ProcessHandle.of(postgres.process().pid()).orElseThrow();
    }

    private static LocalPostgres startPostgres() {
        return LocalPostgres.start(
                CHILDREN, EngramHome.find(), PostgresOptions.durable(folder.resolve("postgres"), PORT));
    }

    private static TrainerProcess start(Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(TrainerProcess.environment(postgres, artifacts()));
        // How long a query may take.
        environment.put("JAVA_TOOL_OPTIONS", "-Dquarkus.datasource.jdbc.additional-jdbc-properties.socketTimeout=1");
        environment.putAll(settings);
        return TrainerProcess.start(CHILDREN, environment, folder.resolve(UUID.randomUUID() + ".log"));
    }

    private static Path artifacts() {
        return folder.resolve("artifacts");
    }
}
