package io.engram.trainer.application;

import io.engram.learning.artifact.ArtifactReference;
import io.engram.learning.artifact.FrozenModel;
import io.engram.proto.name.RunName;

/** Where frozen models become durable. */
@FunctionalInterface
public interface Models {
    /**
     * Makes the model after a task durable before it returns.
     *
     * @throws ModelNotWrittenException where the store refuses
     */
    ArtifactReference write(FrozenModel model, RunName run, int taskIndex, int attempt);
}
