package io.engram.cli.client;

/** Something a command could not do. The message is for people: what happened and what to do. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CommandFailure(String message) {
        super(message);
    }
}
