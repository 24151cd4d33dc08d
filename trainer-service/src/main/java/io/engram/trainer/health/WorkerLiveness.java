package io.engram.trainer.health;

import io.engram.trainer.application.Worker;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive while the thread that trains is: without it the process takes no run. */
@Liveness
@Singleton
final class WorkerLiveness implements HealthCheck {
    private final Worker worker;

    WorkerLiveness(Worker worker) {
        this.worker = worker;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("trainer").status(worker.isAlive()).build();
    }
}
