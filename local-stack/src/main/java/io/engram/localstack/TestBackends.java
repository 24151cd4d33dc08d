package io.engram.localstack;

import java.nio.file.Path;
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

    private TestBackends() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::tidyUp, "tidy-up-test-backends"));
    }

    public static LocalKafka kafka() {
        return SHARED.kafka.get();
    }

    public static LocalPostgres postgres() {
        return SHARED.postgres.get();
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
