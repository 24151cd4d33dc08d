package io.engram.learning.run;

/** A run ended because its owner asked for it. */
public final class RunCancelledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RunCancelledException(long step) {
        super("cancelled before step " + step);
    }
}
