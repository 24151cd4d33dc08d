/** Frozen models and the tensor engine: {@link io.engram.evaluator.artifact.ArtifactScorer}. */
package io.engram.evaluator.artifact;
