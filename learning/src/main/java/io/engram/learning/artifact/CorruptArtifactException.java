package io.engram.learning.artifact;

/** An artifact is not what was written: a digest or the format does not match. The message names file and both digests. */
public final class CorruptArtifactException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CorruptArtifactException(String message) {
        super(message);
    }

    public CorruptArtifactException(String message, Throwable cause) {
        super(message, cause);
    }
}
