package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.engram.learning.artifact.CorruptArtifactException;
import io.engram.learning.artifact.FrozenModel;
import io.engram.learning.artifact.ModelDescriptor;
import io.engram.learning.artifact.NamedTensor;
import io.engram.learning.artifact.NextTask;
import io.engram.learning.backbone.Backbone;
import io.engram.learning.dataset.Dataset;
import io.engram.learning.dataset.SmallDatasets;
import io.engram.learning.metric.NextTaskScore;
import io.engram.learning.metric.TaskScore;
import io.engram.learning.scenario.ClassOrder;
import io.engram.learning.scenario.DomainShift;
import io.engram.learning.scenario.ScenarioForm;
import io.engram.learning.scenario.ScenarioSpec;
import io.engram.learning.setting.Component;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Models are scored on the task that comes next. By hand: test sample {@code v} of 0 to 255 is one pixel of that value; each 64
 * are a class. The model says 1 where {@code v / 255 > 0.5}, so from 128 on, and 0 below.
 */
class NextTaskTest {
    private static final Dataset DATASET = SmallDatasets.of(
            4, new int[] {0, 1, 2, 3}, IntStream.range(0, 256).map(v -> v / 64).toArray());
    private static final OptionalLong NO_SEED = OptionalLong.empty();

    @Test
    void aModelIsScoredOnTheGroupOfClassesThatComesNext() {
        // Given classes 0 and 1 learned, and 3 and 2 to come: class 3, as 0, is always taken for 1; class 2, as 1, is
        // right
        FrozenModel model =
                model(ScenarioForm.CLASS_GROUPS, List.of(List.of(0, 1)), new NextTask(List.of(3, 2), NO_SEED));

        // Then of 128 samples of the next task the 64 of class 2 are right, and the task is not among those learned
        assertThat(nextScore(model)).contains(new NextTaskScore(new TaskScore(1, 64, 128), Optional.empty()));
        assertThat(scores(model)).containsExactly(new TaskScore(0, 64, 128));
    }

    @Test
    void theNextLookIsThatOfTheNextTask() {
        // Given digits that lie upside down in the next task
        ScenarioSpec scenario = scenario(ScenarioForm.shifted(new DomainShift.Rotation(180)), 2);

        NextTaskScore next = nextScore(
                        learn(SpecBuilder.of("finetune").scenario(scenario)).get(0))
                .orElseThrow();

        // Then the model has learned the one look, and hardly knows the other: of ten digits 0 and 8 look nearly the
        // same
        assertThat(next.score().taskIndex()).isEqualTo(1);
        assertThat(next.score().accuracy()).isLessThan(50);
    }

    @Test
    void whatIsLearnedHelpsWithANextTaskThatLooksNearlyTheSame() {
        ScenarioSpec scenario = scenario(ScenarioForm.shifted(new DomainShift.Rotation(5)), 3);

        List<FrozenModel> models = learn(SpecBuilder.of("finetune").scenario(scenario));

        // chance among ten digits is a tenth
        assertThat(models.subList(0, 2))
                .extracting(model -> nextScore(model).orElseThrow())
                .allSatisfy(next -> {
                    assertThat(next.score().accuracy()).isGreaterThan(70);
                    assertThat(next.untrained().orElseThrow().accuracy()).isLessThan(35);
                });
        assertThat(nextScore(models.get(2))).as("after the last task").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"linear", "cosine"})
    void theUntrainedNetworkIsTheOneThatTheRunBeganWith(String head) {
        // Given a run before its first step
        RunSpec spec = SpecBuilder.of("finetune")
                .scenario(scenario(ScenarioForm.shifted(new DomainShift.PixelPermutation(3)), 2))
                .backbone(new Component("conv", Map.of("filters", List.of(4.0, 8.0))))
                .head(Component.named(head))
                .seed(7)
                .build();
        try (Run run = Runs.FACTORY.create(spec, Runs.IN_PROCESS)) {
            run.learner().begin(10, false, false);

            // When it is frozen as it is
            FrozenModel model = run.freeze(run.scenario().tasks().get(0));

            // Then the untrained network is the same bit for bit, and so are the scores of both
            Backbone backbone =
                    ModelParts.backbone(model.descriptor(), run.scenario().dataset(), Optional.empty(), Runs.ENGINE);
            FrozenModel untrained = UntrainedNetwork.of(model.descriptor(), backbone, Runs.ENGINE)
                    .orElseThrow();
            assertThat(Runs.bits(untrained)).isEqualTo(Runs.bits(model));
            NextTaskScore next = nextScore(model).orElseThrow();
            assertThat(next.untrained()).contains(next.score());
        }
    }

    @Test
    void theUntrainedNetworkChoosesByItsHeadWhateverTheMethodChoosesBy() {
        ScenarioSpec scenario = scenario(ScenarioForm.CLASS_GROUPS, 2);

        FrozenModel model = learn(SpecBuilder.of("ncm").scenario(scenario)).get(0);

        assertThat(model.descriptor().classifier()).isNotEqualTo("argmax");
        assertThat(nextScore(model).orElseThrow().untrained()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"class", "task"})
    void whereTasksBringClassesTheNextCannotBeScored(String kind) {
        ScenarioForm form = kind.equals("class") ? ScenarioForm.CLASS_INCREMENTAL : ScenarioForm.TASK_INCREMENTAL;

        List<FrozenModel> models = learn(SpecBuilder.of("finetune").scenario(scenario(form, 3)));

        assertThat(models).allSatisfy(model -> assertThat(nextScore(model)).isEmpty());
    }

    @Test
    void aNextTaskWithMoreClassesThanTheFirstCannotBeScored() {
        // Given groups of 2, 3 and 2 classes: the first network has no column for the third class of the second group
        ScenarioSpec scenario = new ScenarioSpec(
                "digits",
                ScenarioForm.CLASS_GROUPS,
                OptionalInt.of(2),
                OptionalInt.of(3),
                OptionalInt.empty(),
                new ClassOrder.Listed(List.of(0, 1, 2, 3, 4, 5, 6)));

        List<FrozenModel> models = learn(SpecBuilder.of("finetune").scenario(scenario));

        assertThat(models)
                .extracting(model -> model.descriptor().nextTask().isPresent())
                .containsExactly(false, true, false);
        assertThat(nextScore(models.get(1)).orElseThrow().untrained()).isPresent();
    }

    @Test
    void aNextTaskThatDoesNotFitIsRefused() {
        List<List<Integer>> learned = List.of(List.of(0, 1));
        for (NextTask next : List.of(
                new NextTask(List.of(1, 2), NO_SEED),
                new NextTask(List.of(2, 4), NO_SEED),
                new NextTask(List.of(2, 3, 4), NO_SEED))) {
            refused(model(ScenarioForm.CLASS_GROUPS, learned, next));
        }
        refused(model(ScenarioForm.CLASS_INCREMENTAL, learned, new NextTask(List.of(2, 3), NO_SEED)));
        refused(model(
                ScenarioForm.shifted(new DomainShift.Rotation(90)), learned, new NextTask(List.of(0, 4), NO_SEED)));
    }

    private static void refused(FrozenModel model) {
        assertThatThrownBy(() -> new Validation(model, DATASET, Runs.ENGINE, Device.cpu()))
                .isInstanceOf(CorruptArtifactException.class)
                .hasMessageContaining("tasks are inconsistent");
    }

    private static ScenarioSpec scenario(ScenarioForm form, int tasks) {
        return new ScenarioSpec(
                "digits",
                form,
                OptionalInt.empty(),
                form.shift().isPresent() ? OptionalInt.empty() : OptionalInt.of(2),
                OptionalInt.of(tasks),
                new ClassOrder.Ascending());
    }

    private static List<FrozenModel> learn(SpecBuilder spec) {
        return Runs.learn(spec.training(4, 16).build()).stream()
                .map(CompletedTask::model)
                .toList();
    }

    private static Optional<NextTaskScore> nextScore(FrozenModel model) {
        try (Validation validation = new Validation(model, dataset(model), Runs.ENGINE, Device.cpu())) {
            return validation.nextTaskScore();
        }
    }

    private static List<TaskScore> scores(FrozenModel model) {
        try (Validation validation = new Validation(model, dataset(model), Runs.ENGINE, Device.cpu())) {
            return validation.scores();
        }
    }

    private static Dataset dataset(FrozenModel model) {
        String name = model.descriptor().dataset();
        return name.equals(DATASET.name()) ? DATASET : Runs.DATASETS.load(name);
    }

    private static FrozenModel model(ScenarioForm form, List<List<Integer>> learned, NextTask next) {
        ModelDescriptor descriptor = new ModelDescriptor(
                learned.size() - 1,
                DATASET.name(),
                DATASET.fingerprint(),
                Optional.of(DATASET.testFingerprint()),
                form,
                learned,
                Optional.of(next),
                new Component("mlp", Map.of("hidden", List.of())),
                Optional.empty(),
                Component.named("linear"),
                "argmax",
                Map.of());
        return new FrozenModel(
                descriptor,
                List.of(
                        new NamedTensor("head.weight", List.of(2, 1), new float[] {0, 1}),
                        new NamedTensor("head.bias", List.of(2), new float[] {0.5f, 0})));
    }
}
