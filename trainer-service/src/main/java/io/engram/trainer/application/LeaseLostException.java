package io.engram.trainer.application;

/** The lease of a run ended under its trainer: nothing more may be written for it. */
public final class LeaseLostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LeaseLostException(String message) {
        super(message);
    }
}
