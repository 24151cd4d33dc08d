package io.engram.replay;

import java.io.IOException;

/** What was read is no snapshot of a buffer, or was changed or cut since it was written; the message says where. */
public final class CorruptSnapshotException extends IOException {
    private static final long serialVersionUID = 1L;

    CorruptSnapshotException(String message) {
        super(message);
    }

    CorruptSnapshotException(String message, Throwable cause) {
        super(message, cause);
    }
}
