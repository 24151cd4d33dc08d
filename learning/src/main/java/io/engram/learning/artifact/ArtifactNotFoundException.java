package io.engram.learning.artifact;

/** An artifact is not in the store, or its address points outside of it. */
public final class ArtifactNotFoundException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ArtifactNotFoundException(String message) {
        super(message);
    }
}
