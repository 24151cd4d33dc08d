package io.engram.service.fault;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Gives the one {@link FaultPoints} of a service. */
public class FaultPointsProvider {
    @Produces
    @Singleton
    FaultPoints faultPoints(@ConfigProperty(name = "engram.fault.halt-at") Optional<String> haltAt) {
        return new FaultPoints(haltAt);
    }
}
