package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.engram.learning.artifact.CorruptArtifactException;
import io.engram.learning.artifact.FrozenModel;
import io.engram.learning.artifact.ModelDescriptor;
import io.engram.learning.artifact.NamedTensor;
import io.engram.learning.dataset.Dataset;
import io.engram.learning.dataset.SmallDatasets;
import io.engram.learning.metric.TaskScore;
import io.engram.learning.scenario.Scenario;
import io.engram.learning.scenario.ScenarioForm;
import io.engram.learning.scenario.TestLoader;
import io.engram.learning.setting.Component;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

/**
 * A model that can be followed by hand. Test sample {@code v} of 0 to 255 is one pixel of value {@code v}, and so
 * {@code v / 255} as an input; those below 100 are of class 0, the others of class 1. Without hidden layers the logits are
 * {@code w x + b} for each class.
 */
class ValidationTest {

    private static final Dataset DATASET = SmallDatasets.of(
            2,
            new int[] {0, 1},
            IntStream.range(0, 256).map(v -> v < 100 ? 0 : 1).toArray());

    @Test
    void countsAreExact() {
        // logits 0.5 and x: class 1 where v / 255 > 0.5, so from v = 128 on. Of class 0 all 100 are right; of the 156
        // of
        // class 1 the 256 - 128 = 128
        FrozenModel model = model(List.of(List.of(0), List.of(1)), weights(0, 1), bias(0.5f, 0));

        assertThat(scores(model)).containsExactly(new TaskScore(0, 100, 100), new TaskScore(1, 128, 156));
    }

    @Test
    void columnsFollowTheOrderInWhichClassesArrived() {
        // the same model for classes that arrived the other way round: task 0 brings class 1
        FrozenModel model = model(List.of(List.of(1), List.of(0)), weights(1, 0), bias(0, 0.5f));

        assertThat(scores(model)).containsExactly(new TaskScore(0, 128, 156), new TaskScore(1, 100, 100));
    }

    @Test
    void theFirstOfEqualLogitsIsChosen() {
        FrozenModel model = model(List.of(List.of(0), List.of(1)), weights(0, 0), bias(1, 1));

        assertThat(scores(model)).containsExactly(new TaskScore(0, 100, 100), new TaskScore(1, 0, 156));
    }

    @Test
    void onlyTheTasksUpToTheModelsAreScored() {
        FrozenModel model = model(List.of(List.of(1)), weights(1), bias(0));

        // one class alone is always right
        assertThat(scores(model)).containsExactly(new TaskScore(0, 156, 156));
    }

    @Test
    void classesOfOneTaskAreScoredTogether() {
        FrozenModel model = model(List.of(List.of(0, 1)), weights(0, 1), bias(0.5f, 0));

        assertThat(scores(model)).containsExactly(new TaskScore(0, 228, 256));
    }

    @Test
    void scoringTwiceGivesTheSame() {
        FrozenModel model = model(List.of(List.of(0), List.of(1)), weights(0, 1), bias(0.5f, 0));

        try (Validation validation = new Validation(model, DATASET, Runs.ENGINE, Device.cpu())) {
            assertThat(validation.scores()).isEqualTo(validation.scores());
        }
    }

    @Test
    void inferenceGivesLogitsPredictionsAndAccuracy() {
        FrozenModel model = model(List.of(List.of(0), List.of(1)), weights(0, 1), bias(0.5f, 0));
        Scenario scenario = Scenario.of(
                DATASET, ScenarioForm.CLASS_INCREMENTAL, model.descriptor().labelsByTask());
        List<Inference> inferences = new ArrayList<>();

        try (Validation validation = new Validation(model, DATASET, Runs.ENGINE, Device.cpu())) {
            // samples 100 to 199 and 200 to 255
            new TestLoader(
                            scenario.tasks().get(1),
                            scenario.test(scenario.tasks().get(1)).classes(),
                            100)
                    .forEachBatch(batch ->
                            inferences.add(validation.inference(scenario.tasks().get(1), batch)));
        }

        assertThat(inferences).hasSize(2);
        assertThat(inferences.get(0).output()).hasSize(200).startsWith(0.5f, 100 / 255f, 0.5f, 101 / 255f);
        assertThat(inferences.get(0).predictions())
                .hasSize(100)
                .startsWith(0, 0)
                .endsWith(1, 1);
        assertThat(inferences.get(0).correct()).isEqualTo(200 - 128);
        assertThat(inferences.get(0).accuracy()).isEqualTo(0.72);
        assertThat(inferences.get(1).accuracy()).isEqualTo(1);
    }

    @Test
    void aModelOfOtherDataIsRefused() {
        Dataset other = SmallDatasets.ofClasses(2, 3, 3);
        FrozenModel model = model(List.of(List.of(0), List.of(1)), weights(0, 1), bias(0, 0));

        assertThatThrownBy(() -> new Validation(model, other, Runs.ENGINE, Device.cpu()))
                .isInstanceOf(CorruptArtifactException.class)
                .hasMessage("the model was trained on by hand with fingerprint " + DATASET.fingerprint()
                        + ", but the data here are by hand with fingerprint " + other.fingerprint());
    }

    @Test
    void trainingSamplesAreNotRead() {
        FrozenModel model = ofTests(
                model(List.of(List.of(0), List.of(1)), weights(0, 1), bias(0.5f, 0)), DATASET.testFingerprint());

        try (Validation validation =
                new Validation(model, SmallDatasets.withoutTraining(DATASET), Runs.ENGINE, Device.cpu())) {
            assertThat(validation.scores()).extracting(TaskScore::correct).containsExactly(100L, 128L);
        }
    }

    @Test
    void aModelOfOtherTestSamplesIsRefused() {
        Dataset other = SmallDatasets.ofClasses(2, 1, 3);
        FrozenModel model =
                ofTests(model(List.of(List.of(0), List.of(1)), weights(0, 1), bias(0, 0)), DATASET.testFingerprint());

        assertThatThrownBy(() -> new Validation(model, other, Runs.ENGINE, Device.cpu()))
                .isInstanceOf(CorruptArtifactException.class)
                .hasMessage("the model was trained on by hand with test samples of fingerprint "
                        + DATASET.testFingerprint()
                        + ", but the data here are by hand with test samples of fingerprint "
                        + other.testFingerprint());
    }

    @Test
    void weightsOfAnotherShapeAreRefused() {
        refused(model(List.of(List.of(0), List.of(1)), weights(0, 1, 2), bias(0, 0)))
                .hasMessageContaining("expected tensor head.weight of shape [2, 1], found head.weight of shape [3, 1]");
    }

    @Test
    void tooManyTensorsAreRefused() {
        refused(model(List.of(List.of(0), List.of(1)), weights(0, 1), bias(0, 0), bias(1, 1)))
                .hasMessageContaining("expected 2 tensors, found 3");
    }

    @Test
    void tooFewTensorsAreRefused() {
        refused(model(List.of(List.of(0), List.of(1)), weights(0, 1)))
                .hasMessageContaining("expected 2 tensors, found 1");
    }

    @Test
    void aBackboneThatIsNotInTheCatalogIsRefused() {
        FrozenModel model = new FrozenModel(
                descriptor(1, List.of(List.of(0), List.of(1)), Component.named("mpl")),
                List.of(weights(0, 1), bias(0, 0)));

        refused(model).hasMessageContaining("backbone.name: was \"mpl\"");
    }

    @Test
    void tasksThatDoNotFitTheDataAreRefused() {
        for (List<List<Integer>> tasks : List.of(
                List.of(List.of(0), List.of(2)),
                List.of(List.of(0), List.of(0)),
                List.of(List.of(0), List.of(-1)),
                List.<List<Integer>>of())) {
            refused(model(tasks, weights(0, 1), bias(0, 0))).hasMessageContaining("tasks are inconsistent");
        }
    }

    @Test
    void aTaskIndexThatDoesNotFitTheTasksIsRefused() {
        FrozenModel model = new FrozenModel(
                descriptor(0, List.of(List.of(0), List.of(1)), linear()), List.of(weights(0, 1), bias(0, 0)));

        refused(model).hasMessageContaining("tasks are inconsistent");
    }

    @Test
    void aClassifierThatIsNotInTheCatalogIsRefused() {
        refused(model("argmix", weights(0, 1), bias(0, 0)))
                .hasMessageContaining("inference.name: was \"argmix\"")
                .hasMessageContaining("did you mean argmax?");
    }

    @Test
    void theNearestMeanIsChosenByDirection() {
        // features are x, of length 1 for x > 0: the mean of class 1 points that way, the mean of class 0 the other. A
        // black sample has no direction and is as near to both: the first is chosen
        FrozenModel model =
                model("nearest-mean", weights(0, 0), bias(0, 0), tensor("classifier.means", 2, 1, -1, 1), counts(3, 4));

        assertThat(scores(model)).containsExactly(new TaskScore(0, 1, 100), new TaskScore(1, 156, 156));
    }

    @Test
    void aClassWithoutExemplarsIsNeverChosen() {
        FrozenModel model =
                model("nearest-mean", weights(0, 0), bias(0, 0), tensor("classifier.means", 2, 1, -1, 1), counts(3, 0));

        assertThat(scores(model)).containsExactly(new TaskScore(0, 100, 100), new TaskScore(1, 0, 156));
    }

    @Test
    void beforeThereAreMeansTheFirstClassIsChosen() {
        FrozenModel model =
                model("nearest-mean", weights(0, 0), bias(0, 0), tensor("classifier.means", 2, 1, 0, 0), counts(0, 0));

        assertThat(scores(model)).containsExactly(new TaskScore(0, 100, 100), new TaskScore(1, 0, 156));
    }

    @Test
    void aLinearDiscriminantStandsBesideTheHead() {
        // the head would always say 0; the discriminant says 1 where x > 0.5
        FrozenModel model = model(
                "linear-discriminant",
                weights(0, 0),
                bias(1, 0),
                tensor("classifier.weight", 2, 1, 0, 1),
                new NamedTensor("classifier.bias", List.of(2), new float[] {0.5f, 0}));

        assertThat(scores(model)).containsExactly(new TaskScore(0, 100, 100), new TaskScore(1, 128, 156));
    }

    @Test
    void aClassOfWhichTheDiscriminantSawNothingIsNeverChosen() {
        FrozenModel model = model(
                "linear-discriminant",
                weights(0, 0),
                bias(0, 0),
                tensor("classifier.weight", 2, 1, 0, 1),
                new NamedTensor("classifier.bias", List.of(2), new float[] {0.5f, Float.NEGATIVE_INFINITY}));

        assertThat(scores(model)).containsExactly(new TaskScore(0, 100, 100), new TaskScore(1, 0, 156));
    }

    @Test
    void tensorsOfTheClassifierThatAreMissingOrOfAnotherShapeAreRefused() {
        refused(model("nearest-mean", weights(0, 1), bias(0, 0))).hasMessageContaining("expected 2 tensors, found 0");
        refused(model("nearest-mean", weights(0, 0), bias(0, 0), tensor("classifier.means", 1, 2, 0, 0), counts(0, 0)))
                .hasMessageContaining("expected tensor classifier.means of shape [2, 1]");
    }

    private static AbstractThrowableAssert<?, ?> refused(FrozenModel model) {
        return assertThatThrownBy(() -> new Validation(model, DATASET, Runs.ENGINE, Device.cpu()))
                .isInstanceOf(CorruptArtifactException.class);
    }

    private static List<TaskScore> scores(FrozenModel model) {
        try (Validation validation = new Validation(model, DATASET, Runs.ENGINE, Device.cpu())) {
            return validation.scores().stream()
                    .map(score -> new TaskScore(score.taskIndex(), score.correct(), score.total()))
                    .toList();
        }
    }

    private static FrozenModel ofTests(FrozenModel model, String testFingerprint) {
        ModelDescriptor whole = model.descriptor();
        return new FrozenModel(
                new ModelDescriptor(
                        whole.taskIndex(),
                        whole.dataset(),
                        "of training samples that do not matter",
                        Optional.of(testFingerprint),
                        whole.form(),
                        whole.labelsByTask(),
                        whole.nextTask(),
                        whole.backbone(),
                        whole.module(),
                        whole.head(),
                        whole.classifier(),
                        whole.provenance()),
                model.weights());
    }

    private static FrozenModel model(List<List<Integer>> labelsByTask, NamedTensor... weights) {
        return new FrozenModel(descriptor(labelsByTask.size() - 1, labelsByTask, linear()), List.of(weights));
    }

    /** One class per task. */
    private static FrozenModel model(String classifier, NamedTensor... tensors) {
        return new FrozenModel(descriptor(1, List.of(List.of(0), List.of(1)), linear(), classifier), List.of(tensors));
    }

    private static ModelDescriptor descriptor(int task, List<List<Integer>> labelsByTask, Component backbone) {
        return descriptor(task, labelsByTask, backbone, "argmax");
    }

    private static ModelDescriptor descriptor(
            int task, List<List<Integer>> labelsByTask, Component backbone, String classifier) {
        return new ModelDescriptor(
                task,
                "by hand",
                DATASET.fingerprint(),
                ScenarioForm.CLASS_INCREMENTAL,
                labelsByTask,
                backbone,
                Component.named("linear"),
                classifier,
                Map.of());
    }

    private static NamedTensor tensor(String name, int rows, int columns, float... values) {
        return new NamedTensor(name, List.of(rows, columns), values);
    }

    private static NamedTensor counts(float... ofClasses) {
        return new NamedTensor("classifier.counts", List.of(ofClasses.length), ofClasses);
    }

    private static Component linear() {
        return new Component("mlp", Map.of("hidden", List.of()));
    }

    private static NamedTensor weights(float... ofClasses) {
        return new NamedTensor("head.weight", List.of(ofClasses.length, 1), ofClasses);
    }

    private static NamedTensor bias(float... ofClasses) {
        return new NamedTensor("head.bias", List.of(ofClasses.length), ofClasses);
    }
}
