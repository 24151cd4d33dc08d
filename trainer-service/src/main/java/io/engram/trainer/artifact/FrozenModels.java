package io.engram.trainer.artifact;

import io.engram.learning.artifact.ArtifactReference;
import io.engram.learning.artifact.ArtifactStore;
import io.engram.learning.artifact.FrozenModel;
import io.engram.proto.name.RunName;
import io.engram.trainer.application.ModelNotWrittenException;
import io.engram.trainer.application.Models;
import java.io.UncheckedIOException;

/** Frozen models in the folder that trainers and evaluators share: {@code runs/{run}/tasks/{task}/{attempt}}. */
public final class FrozenModels implements Models {
    private final ArtifactStore store;

    public FrozenModels(ArtifactStore store) {
        this.store = store;
    }

    @Override
    public ArtifactReference write(FrozenModel model, RunName run, int taskIndex, int attempt) {
        try {
            return store.write(model, run.task(taskIndex) + "/" + attempt);
        } catch (UncheckedIOException refused) {
            throw new ModelNotWrittenException(
                    refused.getMessage() + "; look at the artifact folder (ENGRAM_ARTIFACT_DIR): its space and"
                            + " permissions",
                    refused);
        }
    }
}
