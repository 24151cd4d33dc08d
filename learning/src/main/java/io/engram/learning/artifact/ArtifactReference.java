package io.engram.learning.artifact;

import java.util.Objects;

/**
 * A frozen model that is durable in an {@link ArtifactStore}.
 *
 * @param uri its folder, relative to the store, with {@code /} between names
 * @param sizeBytes bytes of descriptor and weights together
 * @param sha256 SHA-256 of the descriptor in lower-case hexadecimal; the descriptor holds that of the weights
 */
public record ArtifactReference(String uri, long sizeBytes, String sha256) {

    public ArtifactReference {
        Objects.requireNonNull(uri, "uri");
        Objects.requireNonNull(sha256, "sha256");
    }
}
