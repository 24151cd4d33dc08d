package io.engram.deploy;

import java.util.Locale;

/** The three services, with the ports the documentation promises. */
enum ServiceName {
    TRAINER(9101, 8101),
    BUFFER(9102, 8102),
    EVALUATOR(9103, 8103);

    private final int grpcPort;
    private final int httpPort;

    ServiceName(int grpcPort, int httpPort) {
        this.grpcPort = grpcPort;
        this.httpPort = httpPort;
    }

    int grpcPort() {
        return grpcPort;
    }

    int httpPort() {
        return httpPort;
    }

    /** As in container names: `trainer`. */
    String lowerCase() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The Maven module's folder. */
    String module() {
        return lowerCase() + "-service";
    }
}
