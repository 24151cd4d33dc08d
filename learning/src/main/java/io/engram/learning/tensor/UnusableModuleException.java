package io.engram.learning.tensor;

/** A module cannot be used; the message says why, for people. */
public final class UnusableModuleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnusableModuleException(String message) {
        super(message);
    }

    public UnusableModuleException(String message, Throwable cause) {
        super(message, cause);
    }
}
