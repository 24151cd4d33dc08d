package io.engram.trainer;

import io.engram.localstack.EngramHome;
import io.engram.localstack.FreePorts;
import io.engram.localstack.ServiceCommands;
import io.engram.localstack.TestBackends;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Real Kafka and PostgreSQL for the service under test, in this JVM or as a native executable, and a lease short enough to
 * wait for.
 */
public class TrainerBackends implements QuarkusTestResourceLifecycleManager {
    private static final int GRPC_PORT = FreePorts.next();

    /** Where the service listens for gRPC. */
    static int grpcPort() {
        return GRPC_PORT;
    }

    /** Where the service puts models. */
    static Path artifacts() {
        return TestBackends.folder("artifacts");
    }

    @Override
    public Map<String, String> start() {
        Map<String, String> settings =
                new HashMap<>(ServiceCommands.underTest(EngramHome.find()).environment());
        settings.put("quarkus.datasource.jdbc.url", TestBackends.postgres().jdbcUrl());
        settings.put("quarkus.datasource.username", TestBackends.postgres().user());
        settings.put("quarkus.datasource.password", TestBackends.postgres().password());
        settings.put("kafka.bootstrap.servers", TestBackends.kafka().bootstrapServers());
        settings.put("quarkus.http.test-port", "0");
        settings.put("quarkus.grpc.server.test-port", Integer.toString(GRPC_PORT));
        settings.put("quarkus.grpc.server.port", Integer.toString(GRPC_PORT));
        settings.put("engram.trainer.artifact-dir", artifacts().toString());
        settings.put("engram.trainer.data-dir", Pets.dataDir().toString());
        settings.put("engram.trainer.compute-threads", "1");
        settings.put("engram.trainer.lease", "2s");
        settings.put("engram.trainer.heart-beat", "400ms");
        settings.put("engram.trainer.poll", "100ms");
        settings.put("engram.trainer.watch-interval", "50ms");
        settings.put("engram.trainer.retry-pause", "100ms");
        settings.putAll(replay());
        return settings;
    }

    /** The buffer service where the build has made it, else the same memory in process. */
    private static Map<String, String> replay() {
        return TestBackends.buffer()
                .map(address -> Map.of("engram.trainer.buffer-address", address))
                .orElse(Map.of("engram.trainer.replay", "in-process"));
    }

    @Override
    public void stop() {
        // They belong to the JVM and end with it.
    }
}
