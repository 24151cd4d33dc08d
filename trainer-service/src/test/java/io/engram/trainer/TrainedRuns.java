package io.engram.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.engram.localstack.LocalPostgres;
import io.engram.localstack.TestBackends;
import io.engram.proto.event.EventType;
import io.engram.proto.trainer.v1.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What runs left behind: in the database, on Kafka and in the folder of models. */
final class TrainedRuns {
    private final LocalPostgres postgres;
    private final Path artifacts;
    private final Events events = new Events(TestBackends.kafka().bootstrapServers());

    TrainedRuns(LocalPostgres postgres, Path artifacts) {
        this.postgres = postgres;
        this.artifacts = artifacts;
    }

    /** Every task has the model that it has in a run that nothing happened to, bit for bit. */
    void assertSame(Run run, Run undisturbed) {
        assertThat(run.getTasksCount()).isEqualTo(run.getTaskCount());
        for (int task = 0; task < run.getTaskCount(); task++) {
            assertThat(weights(run, task)).isEqualTo(weights(undisturbed, task));
        }
    }

    /** Each task that is known as learned was told under an id of its own, and no other was. */
    void assertToldOnceById(Run run) throws SQLException {
        await().atMost(TrainerClient.DEADLINE)
                .untilAsserted(() -> assertThat(Set.copyOf(completed(run))).isEqualTo(learned(run)));
        assertThat(learned(run)).containsAll(ofTasks(run));
    }

    /** As {@link #assertToldOnceById}, and no id came twice. */
    void assertToldOnce(Run run) throws SQLException {
        assertToldOnceById(run);
        assertThat(completed(run)).doesNotHaveDuplicates();
        assertThat(states(run)).doesNotHaveDuplicates();
    }

    /** As {@link #assertToldOnceById}, and no attempt told of a task that another had told of. */
    void assertEachTaskToldOnce(Run run) throws SQLException {
        assertToldOnceById(run);
        assertThat(Set.copyOf(completed(run))).isEqualTo(Set.copyOf(ofTasks(run)));
    }

    /** Nothing is left that only a run that goes on needs. */
    void assertTidy(Run run) {
        await().atMost(TrainerClient.DEADLINE)
                .until(() -> !Files.exists(artifacts.resolve("checkpoints").resolve(id(run))));
    }

    List<String> states(Run run) {
        return events.ids(run.getName(), EventType.RUN_STATE).stream()
                .map(id -> id.substring(id.indexOf('/') + 1))
                .toList();
    }

    private List<String> completed(Run run) {
        return events.ids(run.getName(), EventType.TASK_COMPLETED);
    }

    private static List<String> ofTasks(Run run) {
        return run.getTasksList().stream()
                .map(task -> eventId(run, task.getAttempt(), task.getTaskIndex()))
                .toList();
    }

    private Set<String> learned(Run run) throws SQLException {
        String query = "select attempt, task_index from trainer.learned_task where run_id = ?";
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
                PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, id(run));
            Set<String> ids = new LinkedHashSet<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    ids.add(eventId(run, row.getInt(1), row.getInt(2)));
                }
            }
            return ids;
        }
    }

    private static String eventId(Run run, int attempt, int task) {
        return id(run) + "/" + attempt + "/tasks/" + task + "/completed";
    }

    private static String id(Run run) {
        return run.getName().substring("runs/".length());
    }

    /** The descriptor of the model after the last task, as JSON. */
    String lastDescriptor(Run run) {
        return new String(file(run, run.getTaskCount() - 1, "descriptor.json"), StandardCharsets.UTF_8);
    }

    private byte[] weights(Run run, int task) {
        return file(run, task, "weights.safetensors");
    }

    private byte[] file(Run run, int task, String name) {
        try {
            return Files.readAllBytes(artifacts.resolve(
                    run.getName() + "/tasks/" + task + "/" + run.getTasks(task).getAttempt() + "/" + name));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
