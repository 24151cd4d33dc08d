package io.engram.buffer;

import io.engram.localstack.FreePorts;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Where the service under test listens for gRPC, in this JVM or as a native executable. */
public final class GrpcPort implements QuarkusTestResourceLifecycleManager {
    private static final int PORT = FreePorts.next();

    static int number() {
        return PORT;
    }

    @Override
    public Map<String, String> start() {
        String port = Integer.toString(PORT);
        return Map.of("quarkus.grpc.server.test-port", port, "quarkus.grpc.server.port", port);
    }

    @Override
    public void stop() {
        // the port is the service's
    }
}
