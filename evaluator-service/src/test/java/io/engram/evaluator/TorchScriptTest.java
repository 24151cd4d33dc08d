package io.engram.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.engram.learning.artifact.ArtifactReference;
import io.engram.learning.artifact.ArtifactStore;
import io.engram.learning.artifact.FrozenModel;
import io.engram.proto.evaluator.v1.EvaluationFailure;
import io.engram.proto.evaluator.v1.GetAccuracyMatrixRequest;
import io.engram.proto.evaluator.v1.TaskResult;
import io.engram.proto.event.v1.TaskCompleted;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;

/** Models whose backbone is a module of the data folder, with the files that the learning module's tests have of PyTorch. */
@QuarkusTest
class TorchScriptTest extends ServiceTest {
    private static final Path MODULES =
            Path.of(System.getProperty("engram.home"), "learning/src/test/resources/io/engram/learning/torchscript");

    @Test
    void aModelIsScoredWithTheModuleThatItNames() throws IOException {
        put("scripted.pt", "module.pt");

        Topics.send(event(TrainedModels.onModule("module.pt", Pets.dataDir()).get(0)));

        assertThat(awaitEvaluations(1).get(0).getResultsList())
                .extracting(TaskResult::getTotal)
                .containsExactly(TrainedModels.TEST_SAMPLES.get(0).longValue());
    }

    @Test
    void anotherFileInItsPlaceIsToldAsTheReason() throws IOException {
        put("scripted.pt", "replaced.pt");
        FrozenModel model =
                TrainedModels.onModule("replaced.pt", Pets.dataDir()).get(0);
        put("frozen.pt", "replaced.pt");

        Topics.send(event(model));

        EvaluationFailure failure = awaitFailure();
        assertThat(failure.getReason()).isEqualTo("ARTIFACT_CORRUPT");
        assertThat(failure.getMessage()).contains("replaced.pt", "the file of that name here has SHA-256");
    }

    @Test
    void aMissingFileIsToldAsTheReason() throws IOException {
        put("scripted.pt", "removed.pt");
        FrozenModel model = TrainedModels.onModule("removed.pt", Pets.dataDir()).get(0);
        Files.delete(Pets.dataDir().resolve("removed.pt"));

        Topics.send(event(model));

        EvaluationFailure failure = awaitFailure();
        assertThat(failure.getReason()).isEqualTo("ARTIFACT_NOT_FOUND");
        assertThat(failure.getMessage()).contains("there is no file").contains("removed.pt");
    }

    private static void put(String module, String name) throws IOException {
        Files.copy(MODULES.resolve(module), Pets.dataDir().resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private TaskCompleted event(FrozenModel model) {
        ArtifactReference artifact = new ArtifactStore(Backends.artifacts()).write(model, "runs/" + run + "/module");
        TaskCompleted.Builder event = completed(1, 0).toBuilder();
        event.getArtifactBuilder()
                .setUri(artifact.uri())
                .setSizeBytes(artifact.sizeBytes())
                .setSha256(artifact.sha256());
        return event.build();
    }

    private EvaluationFailure awaitFailure() {
        return await().atMost(DEADLINE)
                .ignoreExceptions()
                .until(
                        () -> evaluator
                                .getAccuracyMatrix(GetAccuracyMatrixRequest.newBuilder()
                                        .setRun("runs/" + run)
                                        .build())
                                .getFailuresList(),
                        failures -> failures.size() == 1)
                .get(0);
    }
}
