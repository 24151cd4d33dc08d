package io.engram.trainer.health;

import io.engram.trainer.application.ComputeEngine;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the tensor engine is loaded. That the database answers is checked by its own check. */
@Readiness
@Singleton
final class EngineReadiness implements HealthCheck {
    private final ComputeEngine engine;

    EngineReadiness(ComputeEngine engine) {
        this.engine = engine;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("tensor engine").status(engine.isLoaded());
        engine.description().ifPresent(description -> response.withData("engine", description));
        return response.build();
    }
}
