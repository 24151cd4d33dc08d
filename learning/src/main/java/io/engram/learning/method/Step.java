package io.engram.learning.method;

import io.engram.learning.scenario.Batch;

/** One optimisation step: forward, loss, gradient, update. */
@FunctionalInterface
public interface Step {

    Observation run(Batch batch);
}
