package io.engram.buffer.api;

import io.engram.buffer.application.BufferLimits;
import io.quarkus.grpc.api.ServerBuilderCustomizer;
import io.quarkus.grpc.runtime.config.GrpcServerConfiguration;
import io.vertx.grpc.VertxServerBuilder;
import jakarta.inject.Singleton;

/**
 * The size beyond which the gRPC server does not even read a message: twice what the service allows.
 *
 * <p>gRPC resets a stream on a message above its limit without saying why, unless it is the stream's first
 * (grpc-java issue 11245). So messages up to this limit are read, and {@link ExchangeReader} refuses the ones that are too
 * large with the numbers; the session goes on.
 */
@Singleton
final class InboundLimit implements ServerBuilderCustomizer<VertxServerBuilder> {
    private final BufferLimits limits;

    InboundLimit(BufferLimits limits) {
        this.limits = limits;
    }

    @Override
    public void customize(GrpcServerConfiguration config, VertxServerBuilder server) {
        server.maxInboundMessageSize(limits.maxReadBytes());
    }
}
