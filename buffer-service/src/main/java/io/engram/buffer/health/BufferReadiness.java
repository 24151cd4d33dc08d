package io.engram.buffer.health;

import io.engram.buffer.application.BufferLimits;
import io.engram.buffer.application.BufferRegistry;
import io.engram.buffer.application.Traffic;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while sessions can begin; a full memory refuses new buffers only, and old ones are served on. */
@Readiness
@Singleton
final class BufferReadiness implements HealthCheck {
    private final BufferRegistry buffers;
    private final BufferLimits limits;
    private final Traffic traffic;

    BufferReadiness(BufferRegistry buffers, BufferLimits limits, Traffic traffic) {
        this.buffers = buffers;
        this.limits = limits;
        this.traffic = traffic;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("buffers")
                .status(traffic.sessions() < limits.maxSessions())
                .withData("buffers", buffers.size())
                .withData("sessions", traffic.sessions())
                .withData("reserved_bytes", buffers.reservedBytes())
                .withData("limit_bytes", limits.memoryBytes())
                .build();
    }
}
