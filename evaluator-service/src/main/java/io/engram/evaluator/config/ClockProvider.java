package io.engram.evaluator.config;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Gives the clock that evaluations are dated with. */
public class ClockProvider {
    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }
}
