package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import io.engram.learning.artifact.ArtifactStore;
import io.engram.learning.artifact.FrozenModel;
import io.engram.learning.artifact.ModelDescriptor;
import io.engram.learning.artifact.NamedTensor;
import io.engram.learning.artifact.NextTask;
import io.engram.learning.backbone.Backbone;
import io.engram.learning.backbone.Backbones;
import io.engram.learning.backbone.ParameterShape;
import io.engram.learning.dataset.Dataset;
import io.engram.learning.dataset.DatasetDescription;
import io.engram.learning.dataset.Datasets;
import io.engram.learning.dataset.Normalisation;
import io.engram.learning.dataset.PublishedData;
import io.engram.learning.head.LinearHead;
import io.engram.learning.metric.TaskScore;
import io.engram.learning.scenario.ScenarioForm;
import io.engram.learning.scenario.ScenarioSpec;
import io.engram.learning.setting.Component;
import io.engram.learning.setting.Violation;
import io.engram.learning.weight.WeightFile;
import io.engram.learning.weight.WeightMatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks that start from weights of a file. */
class PretrainedTest {
    private static final Component SMALL = new Component("conv", Map.of("filters", List.of(4.0, 8.0)));
    private static final String PUBLISHED = "pretrained/resnet20.npz";

    @TempDir
    private Path dataDir;

    @Test
    void aRunStartsFromTheWeightsOfAnother() {
        FrozenModel model = firstTask(from("", SMALL));
        new ArtifactStore(dataDir).write(model, "models/a");

        try (Run run = factory().create(from("models/a/weights.safetensors", SMALL), Runs.IN_PROCESS)) {
            run.learner().begin(2, false, false);

            List<NamedTensor> ofBackbone = ofBackbone(run.learner().weights());
            assertThat(ofBackbone).hasSize(10);
            assertThat(ofBackbone).usingRecursiveComparison().isEqualTo(ofBackbone(model.weights()));
        }
    }

    @Test
    void aModelKnowsTheFileItStartedFromAndWhatOfItWasNotUsed() {
        new ArtifactStore(dataDir).write(firstTask(from("", SMALL)), "models/a");

        FrozenModel model = firstTask(from("models/a/weights.safetensors", SMALL));

        assertThat(model.descriptor().provenance().get("weights"))
                .matches("models/a/weights.safetensors, SHA-256 [0-9a-f]{64}, unexpected: head.weight, head.bias");
    }

    /** Forward transfer starts from the network before training, which such a model does not hold. */
    @Test
    void theNetworkThatARunStartedFromIsNotRebuiltFromASeed() {
        new ArtifactStore(dataDir).write(firstTask(from("", SMALL)), "models/a");
        RunSpec spec = SpecBuilder.of("finetune")
                .scenario(ScenarioSpec.classIncremental("digits", 2).withForm(ScenarioForm.CLASS_GROUPS))
                .backbone(SMALL, "models/a/weights.safetensors")
                .build();

        assertThat(firstTask(spec).descriptor().nextTask()).contains(new NextTask(List.of(2, 3), OptionalLong.empty()));
    }

    @Test
    void weightsOfAnotherNetworkAreRefusedWithWhatDoesNotFit() {
        new ArtifactStore(dataDir).write(firstTask(from("", SMALL)), "models/a");
        Component wider = new Component("conv", Map.of("filters", List.of(4.0, 9.0)));

        refused(
                from("models/a/weights.safetensors", wider),
                "\"models/a/weights.safetensors\"",
                "the weights of this backbone; misshapen: backbone.conv2.weight is [8, 4, 3, 3], not [9, 4, 3, 3],"
                        + " backbone.bn2.weight is [8], not [9], backbone.bn2.bias is [8], not [9],"
                        + " backbone.bn2.running_mean is [8], not [9], backbone.bn2.running_var is [8], not [9];"
                        + " unexpected: head.weight, head.bias");
    }

    @Test
    void weightsOutsideTheDataFolderAreRefused() {
        refused(from("../a.npz", SMALL), "\"../a.npz\"", "a path inside the data folder, relative to it");
    }

    /**
     * 91.73 % is what the file was published with. Its inputs are normalised with the figures of ImageNet, which are not those of
     * the data set.
     */
    @Test
    void theResidualNetworkPublishedForCifar10HasItsPublishedAccuracy() {
        Optional<Path> folder = Optional.of(PublishedData.folder());
        assumeTrue(
                new Datasets(folder).problem("cifar-10").isEmpty()
                        && folder.get().resolve(PUBLISHED).toFile().exists(),
                "needs the published files: ENGRAM_DATA_DIR names no folder with cifar-10 and " + PUBLISHED);
        Dataset dataset = asOfImageNet(new Datasets(folder).load("cifar-10"));
        Component resnet = Component.named("resnet20");
        List<NamedTensor> weights = withHead(resnet, dataset, WeightFile.read(folder, PUBLISHED));
        ModelDescriptor descriptor = new ModelDescriptor(
                0,
                dataset.name(),
                dataset.fingerprint(),
                ScenarioForm.CLASS_INCREMENTAL,
                List.of(IntStream.range(0, 10).boxed().toList()),
                resnet,
                Component.named("linear"),
                "argmax",
                Map.of());

        TaskScore score;
        try (Validation validation =
                new Validation(new FrozenModel(descriptor, weights), dataset, Runs.ENGINE, Device.cpu())) {
            score = validation.scores().get(0);
        }

        assertThat(score.accuracy()).isCloseTo(91.73, Offset.offset(0.05));
    }

    private static Dataset asOfImageNet(Dataset dataset) {
        DatasetDescription cifar = dataset.description();
        DatasetDescription description = new DatasetDescription(
                cifar.name(),
                cifar.description(),
                cifar.source(),
                cifar.sampleShape(),
                cifar.maximum(),
                Optional.of(new Normalisation(List.of(0.485f, 0.456f, 0.406f), List.of(0.229f, 0.224f, 0.225f))),
                cifar.classes(),
                cifar.trainSamples(),
                cifar.testSamples());
        return new Dataset(description, dataset.train(), dataset.test());
    }

    /** The tensors of a network with ten classes, whose head the file calls {@code linear}. */
    private static List<NamedTensor> withHead(Component component, Dataset dataset, WeightFile file) {
        Backbone backbone = Backbones.CATALOG
                .get(component.name())
                .create(Backbones.CATALOG.get(component.name()).defaults())
                .forSamples(dataset.description().sampleShape());
        List<ParameterShape> expected = new ArrayList<>(backbone.parameters());
        expected.addAll(new LinearHead(backbone).parameters(10));
        expected.addAll(backbone.statistics());
        List<NamedTensor> renamed = file.tensors().stream()
                .map(t -> new NamedTensor(t.name().replace("linear.", "head."), t.shape(), t.values()))
                .toList();
        WeightMatch match = WeightMatch.of(expected, renamed);
        assertThat(match.report()).isEmpty();
        return match.matched();
    }

    private static List<NamedTensor> ofBackbone(List<NamedTensor> weights) {
        return weights.stream().filter(t -> t.name().startsWith("backbone.")).toList();
    }

    private RunSpec from(String weights, Component backbone) {
        return SpecBuilder.of("finetune")
                .backbone(backbone, weights)
                .training(1, 64)
                .build();
    }

    private RunFactory factory() {
        return new RunFactory(new Datasets(Optional.of(dataDir)), Runs.ENGINE);
    }

    private FrozenModel firstTask(RunSpec spec) {
        try (Run run = factory().create(spec, Runs.IN_PROCESS)) {
            RecordingListener listener = new RecordingListener();
            new TaskLoop(run, listener, System::nanoTime).run();
            return listener.completed().get(0).model();
        }
    }

    private void refused(RunSpec spec, String value, String allowed) {
        assertThatThrownBy(() -> factory().complete(spec))
                .isInstanceOfSatisfying(InvalidRunSpecException.class, refusal -> assertThat(refusal.violations())
                        .containsExactly(new Violation("backbone.weights", value, allowed)));
    }
}
