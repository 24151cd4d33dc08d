package io.engram.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.learning.artifact.ArtifactReference;
import io.engram.learning.artifact.ArtifactStore;
import io.engram.proto.evaluator.v1.TaskResult;
import io.engram.proto.event.v1.TaskCompleted;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ImageFolderTest extends ServiceTest {
    @Test
    void aModelIsScoredOnImagesInAFolder() {
        ArtifactReference artifact = new ArtifactStore(Backends.artifacts())
                .write(TrainedModels.of("pets", Pets.dataDir(), 2).get(0), "runs/" + run + "/images");
        TaskCompleted.Builder event =
                completed(1, 0).toBuilder().setDataset("pets").setTaskCount(1);
        event.getArtifactBuilder()
                .setUri(artifact.uri())
                .setSizeBytes(artifact.sizeBytes())
                .setSha256(artifact.sha256());

        Topics.send(event.build());

        TaskResult result = awaitEvaluations(1).get(0).getResults(0);
        assertThat(result.getTotal()).isEqualTo(2 * Pets.TEST_PER_CLASS);
        assertThat(result.getClassesList().toString()).contains("cat", "dog");
        // Dark and bright images are told apart by any model.
        assertThat(result.getAccuracy()).isEqualTo(100);
    }
}
