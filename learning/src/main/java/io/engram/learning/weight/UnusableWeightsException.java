package io.engram.learning.weight;

/** Weights cannot be read or do not fit; the message says why, for people. */
public final class UnusableWeightsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableWeightsException(String message) {
        super(message);
    }

    UnusableWeightsException(String message, Throwable cause) {
        super(message, cause);
    }
}
