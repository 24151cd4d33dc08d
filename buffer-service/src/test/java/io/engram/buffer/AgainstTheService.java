package io.engram.buffer;

import io.quarkus.grpc.runtime.GrpcServer;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A test with a client of the running service, which holds no buffers before and after it. */
abstract class AgainstTheService {
    @Inject
    GrpcServer grpc;

    BufferServer server;

    @BeforeEach
    void connect() {
        server = new BufferServer(grpc.getPort());
    }

    @AfterEach
    void removeEverything() {
        server.deleteAll();
        server.close();
    }
}
