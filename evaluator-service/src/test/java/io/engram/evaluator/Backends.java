package io.engram.evaluator;

import io.engram.localstack.LocalPostgres;
import io.engram.localstack.TestBackends;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** Starts the service under test on a real Kafka and a real PostgreSQL. */
public class Backends implements QuarkusTestResourceLifecycleManager {
    /** Shorter than the slow evaluation of a test. */
    static final int MAX_POLL_INTERVAL_MILLIS = 2000;

    @Override
    public Map<String, String> start() {
        LocalPostgres postgres = TestBackends.postgres();
        Map<String, String> settings = new HashMap<>();
        settings.put("quarkus.datasource.jdbc.url", postgres.jdbcUrl());
        settings.put("quarkus.datasource.username", postgres.user());
        settings.put("quarkus.datasource.password", postgres.password());
        settings.put("kafka.bootstrap.servers", TestBackends.kafka().bootstrapServers());
        settings.put(
                "mp.messaging.incoming.task-completed.max.poll.interval.ms",
                Integer.toString(MAX_POLL_INTERVAL_MILLIS));
        settings.put(
                "engram.evaluator.artifact-dir",
                TestBackends.folder("artifacts").toString());
        settings.put("engram.evaluator.artifact-wait", "1s");
        settings.put("engram.evaluator.retry-pause", "100ms");
        settings.put("engram.evaluator.watch-interval", "50ms");
        settings.put("engram.outbox.topic-partitions", "1");
        settings.put("quarkus.http.test-port", "0");
        settings.put("quarkus.grpc.server.test-port", "0");
        return settings;
    }

    @Override
    public void stop() {
        // The backends end with the JVM.
    }
}
