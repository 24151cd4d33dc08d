package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.engram.learning.artifact.FrozenModel;
import io.engram.learning.dataset.Datasets;
import io.engram.learning.dataset.SampleStorage;
import io.engram.learning.metric.TaskScore;
import io.engram.learning.scenario.ClassOrder;
import io.engram.learning.scenario.DomainShift;
import io.engram.learning.scenario.ScenarioForm;
import io.engram.learning.scenario.ScenarioSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Samples in a mapped file of many parts, in place of native memory: what is trained does not depend on it. */
class StreamedRunTest {
    private static final int SAMPLE = 64;

    private Datasets streamed;

    @BeforeEach
    void samplesLieInAFile(@TempDir Path scratch) {
        streamed = new Datasets(Optional.empty(), new SampleStorage(0, 0, scratch, 100 * SAMPLE + 1));
        assertThat(streamed.load("digits").train().items().parts()).hasSize(15);
    }

    /** New samples, remembered ones, a memory that is trained on, exemplars that are chosen, and samples looked at around a task. */
    @ParameterizedTest
    @ValueSource(strings = {"finetune", "er", "gdumb", "icarl", "ewc", "slda", "joint"})
    void theModelsAreTheSame(String method) {
        assertSame(SpecBuilder.of(method).build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"finetune", "joint"})
    void whereTheyLookOtherwiseInEachTask(String method) {
        assertSame(SpecBuilder.of(method)
                .scenario(new ScenarioSpec(
                                "digits",
                                OptionalInt.empty(),
                                OptionalInt.empty(),
                                OptionalInt.of(3),
                                new ClassOrder.Ascending())
                        .withForm(ScenarioForm.shifted(new DomainShift.PixelPermutation(3))))
                .training(1, 16)
                .build());
    }

    @Test
    void augmentedTheyAreTheSame() {
        assertSame(SpecBuilder.of("er")
                .scenario(ScenarioSpec.classIncremental("digits", 2)
                        .withAugmentation(List.of("pad-and-crop", "horizontal-flip")))
                .build());
    }

    private void assertSame(RunSpec spec) {
        List<CompletedTask> resident = Runs.learn(spec);
        RecordingListener listener = new RecordingListener();
        try (Run run = new RunFactory(streamed, Runs.ENGINE).create(spec, Runs.IN_PROCESS)) {
            new TaskLoop(run, listener, System::nanoTime).run();
        }
        for (int task = 0; task < resident.size(); task++) {
            FrozenModel model = listener.completed().get(task).model();
            assertThat(Runs.bits(model)).isEqualTo(Runs.bits(resident.get(task).model()));
            assertThat(scores(model)).isEqualTo(Runs.scores(model));
        }
    }

    private List<TaskScore> scores(FrozenModel model) {
        try (Validation validation =
                new Validation(model, streamed.load("digits"), Optional.empty(), Runs.ENGINE, Device.cpu())) {
            return validation.scores();
        }
    }
}
