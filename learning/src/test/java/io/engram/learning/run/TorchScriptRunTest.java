package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.engram.learning.artifact.ArtifactNotFoundException;
import io.engram.learning.artifact.ArtifactReference;
import io.engram.learning.artifact.ArtifactStore;
import io.engram.learning.artifact.CorruptArtifactException;
import io.engram.learning.artifact.FrozenModel;
import io.engram.learning.artifact.NamedTensor;
import io.engram.learning.dataset.Dataset;
import io.engram.learning.dataset.Datasets;
import io.engram.learning.method.Methods;
import io.engram.learning.metric.NextTaskScore;
import io.engram.learning.scenario.ScenarioForm;
import io.engram.learning.scenario.ScenarioSpec;
import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.setting.Violation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs on modules from outside, and their models in another process. */
class TorchScriptRunTest {
    private static final Set<String> LOOKING_INSIDE = Set.of("gpm", "podnet");

    @TempDir
    private Path folder;

    static Stream<String> methods() {
        return Methods.CATALOG.entries().stream().map(CatalogEntry::name);
    }

    static Stream<String> methodsThatTrainAnyBackbone() {
        return methods().filter(method -> !LOOKING_INSIDE.contains(method));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void everyMethodLearnsTheHeadOfAFrozenModuleAndRepeats(String method) {
        RunSpec spec = quick(method, false);

        List<CompletedTask> tasks = Runs.learn(spec);

        assertThat(bits(tasks)).isEqualTo(bits(Runs.learn(spec)));
        assertThat(tasks.get(1).model().weights())
                .extracting(NamedTensor::name)
                .noneMatch(name -> name.startsWith("backbone."));
        assertThat(Runs.scores(tasks.get(1).model())).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("methodsThatTrainAnyBackbone")
    void everyMethodTrainsAModuleAndRepeats(String method) {
        RunSpec spec = quick(method, true);

        List<CompletedTask> tasks = Runs.learn(spec);

        assertThat(bits(tasks)).isEqualTo(bits(Runs.learn(spec)));
        assertThat(tasks.get(1).model().weights())
                .extracting(NamedTensor::name)
                .contains("backbone.conv1.weight", "backbone.body.1.running_var");
        assertThat(Runs.scores(tasks.get(1).model())).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpm", "podnet"})
    void methodsThatLookInsideRefuseAModuleThatIsTrained(String method) {
        assertThatThrownBy(() -> Runs.FACTORY.complete(quick(method, true)))
                .isInstanceOfSatisfying(InvalidRunSpecException.class, refusal -> assertThat(refusal.violations())
                        .containsExactly(new Violation(
                                "method.name",
                                "\"" + method + "\"",
                                "a method that does not look inside the backbone; torchscript with trainable: true does not tell"
                                        + " what its layers are given or its stages give")));
    }

    /** Chance is 50 %. */
    @Test
    void aTrainedModuleLearns() {
        RunSpec spec = TorchScriptFiles.spec("finetune", "scripted.pt", true)
                .firstTasks(1)
                .build();

        assertThat(Runs.scores(Runs.learn(spec).get(0).model()).get(0).accuracy())
                .isGreaterThan(90);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aModelNamesItsFileAndScoresTheSameAfterItWasReadBack(boolean trainable) {
        FrozenModel model = Runs.learn(quick("finetune", trainable)).get(1).model();
        ArtifactStore store = new ArtifactStore(folder);
        ArtifactReference reference = store.write(model, "models/a");

        FrozenModel read = store.read(reference);

        assertThat(read.descriptor()).isEqualTo(model.descriptor());
        assertThat(read.descriptor().module().orElseThrow().path()).isEqualTo("scripted.pt");
        assertThat(read.descriptor().provenance().get("weights")).matches("scripted.pt, SHA-256 [0-9a-f]{64}");
        assertThat(Runs.scores(read)).isEqualTo(Runs.scores(model));
    }

    @Test
    void anotherFileInThePlaceOfTheOneThatAModelWasTrainedWithIsRefused() throws IOException {
        FrozenModel model = Runs.learn(quick("finetune", false)).get(0).model();
        Files.copy(TorchScriptFiles.FOLDER.orElseThrow().resolve("frozen.pt"), folder.resolve("scripted.pt"));

        assertThatThrownBy(() -> validation(model, Optional.of(folder)))
                .isInstanceOf(CorruptArtifactException.class)
                .hasMessageMatching(
                        "the model's network is the file scripted.pt, SHA-256 [0-9a-f]{64}, of the data folder; the"
                                + " file of that name here has SHA-256 [0-9a-f]{64}");
    }

    @Test
    void aModelWhoseFileIsMissingIsRefused() {
        FrozenModel model = Runs.learn(quick("finetune", false)).get(0).model();

        assertThatThrownBy(() -> validation(model, Optional.of(folder)))
                .isInstanceOf(ArtifactNotFoundException.class)
                .hasMessageContaining("the model's network is scripted.pt, SHA-256 ")
                .hasMessageEndingWith("there is no file " + folder.resolve("scripted.pt"));
        assertThatThrownBy(() -> validation(model, Optional.empty()))
                .isInstanceOf(ArtifactNotFoundException.class)
                .hasMessageContaining("ENGRAM_DATA_DIR");
    }

    /** The file and the seed give it. */
    @Test
    void theUntrainedNetworkIsScoredOnTheNextTask() {
        RunSpec spec = TorchScriptFiles.spec("finetune", "scripted.pt", true)
                .scenario(ScenarioSpec.classIncremental("digits", 2).withForm(ScenarioForm.CLASS_GROUPS))
                .training(1, 64)
                .build();
        FrozenModel model = Runs.learn(spec).get(0).model();

        try (Validation validation = validation(model, Runs.DATASETS.folder())) {
            Optional<NextTaskScore> score = validation.nextTaskScore();
            assertThat(score.orElseThrow().untrained()).isPresent();
        }
    }

    private static Validation validation(FrozenModel model, Optional<Path> dataDir) {
        Dataset dataset = new Datasets(dataDir).load("digits");
        return new Validation(model, dataset, dataDir, Runs.ENGINE, Device.cpu());
    }

    private static RunSpec quick(String method, boolean trainable) {
        return TorchScriptFiles.spec(method, "scripted.pt", trainable)
                .optimizer("adam", Map.of("learning_rate", 0.01))
                .firstTasks(2)
                .training(1, 32)
                .build();
    }

    private static List<ByteBuffer> bits(List<CompletedTask> tasks) {
        return tasks.stream().map(task -> Runs.bits(task.model())).toList();
    }
}
