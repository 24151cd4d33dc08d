package io.engram.learning.run;

/** A run ended between two steps because its owner asked for it; it can go on from its newest checkpoint. */
public final class RunSuspendedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RunSuspendedException(long step) {
        super("the run was suspended before step " + step);
    }
}
