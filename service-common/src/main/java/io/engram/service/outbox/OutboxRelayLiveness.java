package io.engram.service.outbox;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Down where the relay's thread has ended though the service lives: only a new start helps. */
@Liveness
@ApplicationScoped
public class OutboxRelayLiveness implements HealthCheck {
    private final OutboxRelay relay;

    /** Watches the relay. */
    public OutboxRelayLiveness(OutboxRelay relay) {
        this.relay = relay;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("outbox relay")
                .status(relay.isRunning())
                .build();
    }
}
