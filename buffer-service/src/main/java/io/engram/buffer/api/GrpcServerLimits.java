package io.engram.buffer.api;

import io.engram.buffer.application.BufferLimits;
import io.quarkus.grpc.api.ServerBuilderCustomizer;
import io.quarkus.grpc.runtime.config.GrpcServerConfiguration;
import io.vertx.grpc.VertxServerBuilder;
import jakarta.inject.Singleton;

/**
 * What the gRPC server takes in at once.
 *
 * <p>The size beyond which it does not even read a message is twice what the service allows: gRPC resets a stream on a message above its limit without saying why, unless it is the stream's first
 * (grpc-java issue 11245). So messages up to this limit are read, and {@link ExchangeReader} refuses the ones that are too
 * large with the numbers; the session goes on.
 *
 * <p>The HTTP/2 window is fixed: it holds what the trainer sends at a time, and spares the pings by which gRPC would measure a better one.
 */
@Singleton
final class GrpcServerLimits implements ServerBuilderCustomizer<VertxServerBuilder> {
    private static final int WINDOW_BYTES = 2 << 20;

    private final BufferLimits limits;

    GrpcServerLimits(BufferLimits limits) {
        this.limits = limits;
    }

    @Override
    public void customize(GrpcServerConfiguration config, VertxServerBuilder server) {
        server.maxInboundMessageSize(limits.maxReadBytes());
        server.nettyBuilder().flowControlWindow(WINDOW_BYTES);
    }
}
