package io.engram.localstack;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A Kafka and a PostgreSQL for tests: started at the first call, shared by everything in this JVM, on free ports, with
 * data in a temporary folder; stopped and deleted when the JVM ends. Safe for use by several threads.
 */
public final class TestBackends {
    private static final TestBackends SHARED = new TestBackends();

    private final ChildProcesses children = new ChildProcesses();
    private final Path folder = TemporaryFolders.create("engram-test-");
    private final EngramHome home = EngramHome.find();
    private final Supplier<LocalKafka> kafka =
            once(() -> LocalKafka.start(children, home, KafkaOptions.ephemeral(folder.resolve("kafka"))));
    private final Supplier<LocalPostgres> postgres =
            once(() -> LocalPostgres.start(children, home, PostgresOptions.ephemeral(folder.resolve("postgres"))));

    private final Supplier<Optional<String>> buffer = once(this::startBuffer);

    private TestBackends() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::tidyUp, "tidy-up-test-backends"));
    }

    public static LocalKafka kafka() {
        return SHARED.kafka.get();
    }

    public static LocalPostgres postgres() {
        return SHARED.postgres.get();
    }

    /** Where a buffer service listens, {@code host:port}; empty where the build has not made its jar yet. */
    public static Optional<String> buffer() {
        return SHARED.buffer.get();
    }

    private Optional<String> startBuffer() {
        List<String> command;
        try {
            command = ServiceCommands.underTest(home).command(Service.BUFFER);
        } catch (LocalStackException notBuilt) {
            return Optional.empty();
        }
        ServicePorts ports = ServicePorts.free();
        Map<String, String> environment = Map.of(
                "ENGRAM_GRPC_PORT", Integer.toString(ports.grpc()),
                "ENGRAM_HTTP_PORT", Integer.toString(ports.http()),
                "ENGRAM_BUFFER_DIR", folder.resolve("buffers").toString());
        URI health = URI.create("http://" + StackOptions.LOOPBACK + ":" + ports.http() + "/q/health/ready");
        ServiceProcess.launch(
                        children, Service.BUFFER, command, environment, health, folder.resolve("buffer.log"), true)
                .awaitReady();
        return Optional.of(StackOptions.LOOPBACK + ":" + ports.grpc());
    }

    /** A folder of the given name below the temporary folder; it need not exist yet. */
    public static Path folder(String name) {
        return SHARED.folder.resolve(name);
    }

    private void tidyUp() {
        children.close();
        TemporaryFolders.delete(folder);
    }

    private static <T> Supplier<T> once(Supplier<T> start) {
        return new Supplier<>() {
            private T started;

            @Override
            public synchronized T get() {
                if (started == null) {
                    started = start.get();
                }
                return started;
            }
        };
    }
}
