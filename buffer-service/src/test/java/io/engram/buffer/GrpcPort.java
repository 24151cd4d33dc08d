package io.engram.buffer;

import io.engram.localstack.FreePorts;
import io.engram.localstack.TemporaryFolders;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.Map;

/** Where the service under test listens for gRPC and keeps versions, in this JVM or as a native executable. */
public final class GrpcPort implements QuarkusTestResourceLifecycleManager {
    private static final int PORT = FreePorts.next();

    private final Path folder = TemporaryFolders.create("engram-buffers-");

    static int number() {
        return PORT;
    }

    @Override
    public Map<String, String> start() {
        String port = Integer.toString(PORT);
        return Map.of(
                "quarkus.grpc.server.test-port", port,
                "quarkus.grpc.server.port", port,
                "engram.buffer-service.dir", folder.toString());
    }

    @Override
    public void stop() {
        TemporaryFolders.delete(folder);
    }
}
