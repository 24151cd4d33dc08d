package io.engram.trainer.domain;

/**
 * A move that a run made.
 *
 * @param transition which
 * @param state the state after it
 */
public record RunChange(Transition transition, RunState state) {
    /** @throws IllegalArgumentException where the transition does not lead to the state */
    public RunChange {
        if (transition.to() != state.status()) {
            throw new IllegalArgumentException(transition + " does not lead to " + state.status());
        }
    }
}
