package io.engram.buffer.health;

import io.engram.buffer.application.BufferRegistry;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive while every buffer answers: a thread that never gives a buffer back makes this check hang, and so fail. */
@Liveness
@Singleton
final class BufferLiveness implements HealthCheck {
    private final BufferRegistry buffers;

    BufferLiveness(BufferRegistry buffers) {
        this.buffers = buffers;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("buffers answer")
                .up()
                .withData("held_bytes", buffers.heldBytes())
                .build();
    }
}
