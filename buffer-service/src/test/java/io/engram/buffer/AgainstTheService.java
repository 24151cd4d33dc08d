package io.engram.buffer;

import io.quarkus.test.common.QuarkusTestResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A test with a client of the running service, which holds no buffers before and after it. It knows the service by its ports
 * alone, so that it runs against a native executable, too.
 */
@QuarkusTestResource(GrpcPort.class)
abstract class AgainstTheService {
    BufferServer server;

    @BeforeEach
    void connect() {
        server = new BufferServer(GrpcPort.number());
    }

    @AfterEach
    void removeEverything() {
        server.deleteAll();
        server.close();
    }
}
