package io.engram.learning.dataset;

/** A data set cannot be read; the message says which file, what was expected, and what to do. */
public final class DatasetUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DatasetUnavailableException(String message) {
        super(message);
    }

    public DatasetUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
