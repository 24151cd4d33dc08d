package io.engram.evaluator;

import io.engram.localstack.EngramHome;
import io.engram.localstack.FreePorts;
import io.engram.localstack.LocalPostgres;
import io.engram.localstack.ServiceCommands;
import io.engram.localstack.TestBackends;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Starts the service under test, in this JVM or as a native executable, on a real Kafka and a real PostgreSQL. */
public class Backends implements QuarkusTestResourceLifecycleManager {
    /** Shorter than the slow evaluation of a test. */
    static final int MAX_POLL_INTERVAL_MILLIS = 2000;

    private static final int GRPC_PORT = FreePorts.next();

    /** Where the service listens for gRPC. */
    static int grpcPort() {
        return GRPC_PORT;
    }

    /** Where the service finds models. */
    static Path artifacts() {
        return TestBackends.folder("artifacts");
    }

    @Override
    public Map<String, String> start() {
        LocalPostgres postgres = TestBackends.postgres();
        Map<String, String> settings =
                new HashMap<>(ServiceCommands.underTest(EngramHome.find()).environment());
        settings.put("quarkus.datasource.jdbc.url", postgres.jdbcUrl());
        settings.put("quarkus.datasource.username", postgres.user());
        settings.put("quarkus.datasource.password", postgres.password());
        settings.put("kafka.bootstrap.servers", TestBackends.kafka().bootstrapServers());
        settings.put(
                "mp.messaging.incoming.task-completed.max.poll.interval.ms",
                Integer.toString(MAX_POLL_INTERVAL_MILLIS));
        settings.put("engram.evaluator.artifact-dir", artifacts().toString());
        settings.put("engram.evaluator.data-dir", Pets.dataDir().toString());
        settings.put("engram.evaluator.artifact-wait", "1s");
        settings.put("engram.evaluator.retry-pause", "100ms");
        settings.put("engram.evaluator.watch-interval", "50ms");
        settings.put("engram.outbox.topic-partitions", "1");
        settings.put("quarkus.http.test-port", "0");
        settings.put("quarkus.grpc.server.test-port", Integer.toString(GRPC_PORT));
        settings.put("quarkus.grpc.server.port", Integer.toString(GRPC_PORT));
        return settings;
    }

    @Override
    public void stop() {
        // The backends end with the JVM.
    }
}
