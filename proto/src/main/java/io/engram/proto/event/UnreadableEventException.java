package io.engram.proto.event;

/** The payload of an event is not what its type says; trying again will not help. */
public final class UnreadableEventException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableEventException(String message, Throwable cause) {
        super(message, cause);
    }
}
