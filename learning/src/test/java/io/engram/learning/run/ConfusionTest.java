package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ai.djl.Device;
import io.engram.learning.artifact.FrozenModel;
import io.engram.learning.artifact.ModelDescriptor;
import io.engram.learning.artifact.NamedTensor;
import io.engram.learning.artifact.NextTask;
import io.engram.learning.dataset.Dataset;
import io.engram.learning.dataset.SmallDatasets;
import io.engram.learning.metric.ConfusionMatrix;
import io.engram.learning.metric.ModelScore;
import io.engram.learning.metric.TaskScore;
import io.engram.learning.scenario.DomainShift;
import io.engram.learning.scenario.ScenarioForm;
import io.engram.learning.setting.Component;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Which class is taken for which by models that can be followed by hand. Test sample {@code v} of 0 to 255 is one pixel of value
 * {@code v}, and so {@code x = v / 255} as an input. Without hidden layers the logits are {@code w x + b} for each column.
 * Classes: 0 below 50, 1 from 50, 2 from 100, 3 from 150 on, so 50, 50, 50 and 106 samples.
 */
class ConfusionTest {

    private static final Dataset DATASET = SmallDatasets.of(
            4,
            new int[] {0, 1, 2, 3},
            IntStream.range(0, 256).map(v -> Math.min(v / 50, 3)).toArray());
    private static final List<List<Integer>> PAIRS = List.of(List.of(0, 1), List.of(2, 3));

    @Test
    void inAClassIncrementalScenarioTheModelChoosesAmongAllClasses() {
        // the largest of 0.3, x, 0.5 and x - 0.11: class 1 from v = 128 on (x > 0.5), class 2 below
        ModelScore score =
                score(ScenarioForm.CLASS_INCREMENTAL, PAIRS, weights(0, 1, 0, 1), bias(0.3f, 0, 0.5f, -0.11f));

        assertThat(score.classes()).containsExactly(List.of(0), List.of(1), List.of(2), List.of(3));
        assertThat(score.confusion()).isEqualTo(matrix(4, 0, 0, 50, 0, 0, 0, 50, 0, 0, 22, 28, 0, 0, 106, 0, 0));
    }

    @Test
    void inATaskIncrementalScenarioTheModelIsToldTheTask() {
        // the same model: class 1 before 0 where x > 0.3, from v = 77 on; class 3 before 2 where x > 0.61, from v = 156
        // on
        ModelScore score =
                score(ScenarioForm.TASK_INCREMENTAL, PAIRS, weights(0, 1, 0, 1), bias(0.3f, 0, 0.5f, -0.11f));

        assertThat(score.confusion()).isEqualTo(matrix(4, 50, 0, 0, 0, 27, 23, 0, 0, 0, 0, 50, 0, 0, 0, 6, 100));
    }

    @Test
    void samplesThatComeAgainInEachDomainAreCountedEachTime() {
        // images of one pixel look the same however pixels are permuted: twice 50, 50, 28 + 22 and 106
        ScenarioForm shifted = ScenarioForm.shifted(new DomainShift.PixelPermutation(1));
        List<Integer> all = List.of(0, 1, 2, 3);

        ModelScore score = score(shifted, List.of(all, all), weights(0, 1, 0, 1), bias(0.3f, 0, 0.5f, -0.11f));

        assertThat(score.classes()).hasSize(4);
        assertThat(score.confusion()).isEqualTo(matrix(4, 0, 0, 100, 0, 0, 0, 100, 0, 0, 44, 56, 0, 0, 212, 0, 0));
    }

    @Test
    void classesThatShareAColumnAreOneClass() {
        // the second column from v = 128 on; classes 0 and 2 are the first of their groups, 1 and 3 the second
        ModelScore score = score(ScenarioForm.CLASS_GROUPS, PAIRS, weights(0, 1), bias(0.5f, 0));

        assertThat(score.classes()).containsExactly(List.of(0, 2), List.of(1, 3));
        assertThat(score.confusion()).isEqualTo(matrix(2, 50 + 28, 22, 50, 106));
    }

    @Test
    void groupsOfDifferentSizesAreOrderedByTheirFirstLabels() {
        // the first column, of classes 3 and 2, from v = 128 on, below that the second, of class 0; never class 1
        ModelScore score = score(
                ScenarioForm.CLASS_GROUPS, List.of(List.of(3), List.of(2, 0, 1)), weights(1, 0, 0), bias(0, 0.5f, 0));

        assertThat(score.classes()).containsExactly(List.of(0), List.of(1), List.of(3, 2));
        assertThat(score.confusion()).isEqualTo(matrix(3, 50, 0, 0, 50, 0, 0, 28, 0, 22 + 106));
    }

    @Test
    void onlyClassesSeenSoFarTakePartInOrderOfLabel() {
        // class 3 came first and has the first column: x against 0.5
        ModelScore score =
                score(ScenarioForm.CLASS_INCREMENTAL, List.of(List.of(3), List.of(1)), weights(1, 0), bias(0, 0.5f));

        assertThat(score.classes()).containsExactly(List.of(1), List.of(3));
        assertThat(score.confusion()).isEqualTo(matrix(2, 50, 0, 0, 106));
        assertThat(score.tasks())
                .extracting(TaskScore::correct, TaskScore::total)
                .containsExactly(tuple(106L, 106L), tuple(50L, 50L));
    }

    @Test
    void theTaskThatComesNextTakesNoPart() {
        // the second column from v = 128 on, where none of the classes 0 and 1 lies
        ModelScore score = score(
                ScenarioForm.CLASS_GROUPS,
                List.of(List.of(0, 1)),
                Optional.of(new NextTask(List.of(2, 3), OptionalLong.empty())),
                weights(0, 1),
                bias(0.5f, 0));

        assertThat(score.classes()).containsExactly(List.of(0), List.of(1));
        assertThat(score.confusion()).isEqualTo(matrix(2, 50, 0, 50, 0));
    }

    private static ModelScore score(ScenarioForm form, List<List<Integer>> labelsByTask, NamedTensor... weights) {
        return score(form, labelsByTask, Optional.empty(), weights);
    }

    private static ModelScore score(
            ScenarioForm form, List<List<Integer>> labelsByTask, Optional<NextTask> next, NamedTensor... weights) {
        ModelDescriptor descriptor = new ModelDescriptor(
                labelsByTask.size() - 1,
                DATASET.name(),
                DATASET.fingerprint(),
                Optional.of(DATASET.testFingerprint()),
                form,
                labelsByTask,
                next,
                new Component("mlp", Map.of("hidden", List.of())),
                Optional.empty(),
                Component.named("linear"),
                "argmax",
                Map.of());
        FrozenModel model = new FrozenModel(descriptor, List.of(weights));
        try (Validation validation = new Validation(model, DATASET, Runs.ENGINE, Device.cpu())) {
            assertThat(validation.scores()).isEqualTo(validation.score().tasks());
            return validation.score();
        }
    }

    private static ConfusionMatrix matrix(int classes, long... counts) {
        return new ConfusionMatrix(classes, counts);
    }

    private static NamedTensor weights(float... ofColumns) {
        return new NamedTensor("head.weight", List.of(ofColumns.length, 1), ofColumns);
    }

    private static NamedTensor bias(float... ofColumns) {
        return new NamedTensor("head.bias", List.of(ofColumns.length), ofColumns);
    }
}
