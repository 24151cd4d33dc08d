package io.engram.learning.memory;

/** A committed version of a replay memory is not kept any more, or is damaged; the memory itself can be used. */
public final class ReplayVersionException extends ReplayMemoryException {
    private static final long serialVersionUID = 1L;

    public ReplayVersionException(String message) {
        super(message);
    }

    public ReplayVersionException(String message, Throwable cause) {
        super(message, cause);
    }
}
