package io.engram.trainer.application;

/** A frozen model cannot be made durable; the message says where and why. */
public final class ModelNotWrittenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ModelNotWrittenException(String message, Throwable cause) {
        super(message, cause);
    }
}
