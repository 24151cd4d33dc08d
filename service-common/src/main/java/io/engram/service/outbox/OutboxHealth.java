package io.engram.service.outbox;

import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * Down while events wait too long. It is no reason to restart the service, nor to keep requests from it, so it is neither
 * liveness nor readiness.
 */
@Wellness
@ApplicationScoped
public class OutboxHealth implements HealthCheck {
    private final Jdbi jdbi;
    private final OutboxRelay relay;
    private final OutboxConfig config;

    /** Watches the relay and its table. */
    public OutboxHealth(Jdbi jdbi, OutboxRelay relay, OutboxConfig config) {
        this.jdbi = jdbi;
        this.relay = relay;
        this.config = config;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("outbox");
        relay.trouble().ifPresent(trouble -> response.withData("trouble", trouble));
        try {
            Optional<Duration> age = jdbi.withHandle(OutboxTable::oldestAge);
            age.ifPresent(waiting -> response.withData("oldest_event_seconds", waiting.toSeconds()));
            boolean late = age.isPresent() && age.get().compareTo(config.troubleAfter()) > 0;
            return response.status(!late).build();
        } catch (JdbiException databaseAway) {
            return response.down()
                    .withData("trouble", String.valueOf(databaseAway.getMessage()))
                    .build();
        }
    }
}
