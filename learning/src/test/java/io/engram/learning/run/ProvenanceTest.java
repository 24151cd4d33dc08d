package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.learning.artifact.ArtifactReference;
import io.engram.learning.artifact.ArtifactStore;
import io.engram.learning.artifact.FrozenModel;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a frozen model tells of its making. */
class ProvenanceTest {

    @Test
    void methodSeedEngineDeviceAndComputeThreadsAreToldAndStored(@TempDir Path folder) {
        FrozenModel model = Runs.learn(SpecBuilder.of("er")
                        .firstTasks(1)
                        .training(1, 64)
                        .seed(7)
                        .build())
                .get(0)
                .model();
        ArtifactStore store = new ArtifactStore(folder);
        ArtifactReference reference = store.write(model, "models/a");

        // Tests compute on one thread.
        assertThat(store.read(reference).descriptor().provenance())
                .isEqualTo(model.descriptor().provenance())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "method", "er",
                        "seed", "7",
                        "engine", Runs.ENGINE.description(),
                        "device", "cpu()",
                        "compute_threads", "1"));
    }
}
