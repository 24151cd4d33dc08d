package io.engram.learning.memory;

/** A replay memory cannot be reached, or refused; the message says which and why. */
public sealed class ReplayMemoryException extends RuntimeException permits ReplayVersionException {
    private static final long serialVersionUID = 1L;

    public ReplayMemoryException(String message) {
        super(message);
    }

    public ReplayMemoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
