/** Frozen models on disk. Start at {@link io.engram.learning.artifact.ArtifactStore} and {@link io.engram.learning.artifact.FrozenModel}. */
package io.engram.learning.artifact;
