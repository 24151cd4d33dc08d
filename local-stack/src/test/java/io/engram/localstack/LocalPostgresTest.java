package io.engram.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPostgresTest {
    private final EngramHome home = EngramHome.find();
    private final ChildProcesses children = new ChildProcesses();

    @TempDir
    private Path folder;

    @AfterEach
    void stopEverything() {
        children.close();
    }

    @Test
    void what_is_stored_survives_a_restart() throws SQLException {
        // Given a server with a table in it
        LocalPostgres first = LocalPostgres.start(children, home, PostgresOptions.durable(folder, 0));
        execute(first, "CREATE TABLE kept AS SELECT 42 AS answer");

        // When it is stopped and started again in the same folder
        first.close();
        LocalPostgres second = LocalPostgres.start(children, home, PostgresOptions.durable(folder, 0));

        // Then the table is there
        assertThat(first.process().isAlive()).isFalse();
        assertThat(answer(second)).isEqualTo(42);
    }

    @Test
    void a_wrong_password_is_refused() {
        // Given a server
        LocalPostgres postgres = LocalPostgres.start(children, home, PostgresOptions.ephemeral(folder));

        // When, Then
        assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), "engram", "engram"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password");
    }

    @Test
    void an_interrupted_start_leaves_no_process_and_the_next_one_succeeds() throws Exception {
        // Given a start that is in the middle of making its data
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread starting = new Thread(() -> {
            try {
                LocalPostgres.start(children, home, PostgresOptions.durable(folder, 0));
            } catch (LocalStackException e) {
                failure.set(e);
            }
        });
        starting.start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> Files.exists(folder.resolve("data.new/base")));

        // When it is interrupted
        starting.interrupt();
        starting.join();

        // Then it says so, nothing runs in the folder, and a new start succeeds
        assertThat(failure.get()).isInstanceOf(LocalStackException.class);
        assertThat(Processes.mentioning(folder)).isEmpty();
        LocalPostgres postgres = LocalPostgres.start(children, home, PostgresOptions.durable(folder, 0));
        assertThat(postgres.process().isAlive()).isTrue();
    }

    @Test
    void a_taken_port_is_named_in_the_error() {
        // Given a server
        LocalPostgres first = LocalPostgres.start(children, home, PostgresOptions.ephemeral(folder.resolve("first")));

        // When another is started on the same port, Then
        assertThatThrownBy(() -> LocalPostgres.start(
                        children, home, PostgresOptions.durable(folder.resolve("second"), first.port())))
                .isInstanceOf(LocalStackException.class)
                .hasMessageContaining("Address already in use");
    }

    private static void execute(LocalPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int answer(LocalPostgres postgres) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT answer FROM kept")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static Connection connect(LocalPostgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
    }
}
