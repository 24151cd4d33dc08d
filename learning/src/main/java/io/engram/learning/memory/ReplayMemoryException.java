package io.engram.learning.memory;

/** A replay memory cannot be reached, or refused; the message says which and why. */
public final class ReplayMemoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ReplayMemoryException(String message) {
        super(message);
    }

    public ReplayMemoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
