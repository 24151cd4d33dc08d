package io.engram.learning.method;

/** One optimisation step: forward, loss, gradient, update. */
@FunctionalInterface
public interface Step {

    Observation run(Batch batch);
}
