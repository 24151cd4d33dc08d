package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.learning.artifact.FrozenModel;
import io.engram.learning.artifact.NamedTensor;
import io.engram.learning.metric.TaskScore;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Caccia et al. 2022 promise: new samples leave the rows of old classes alone, and less is forgotten. */
class AsymmetricReplayTest {
    private static final int UNITS = 16;

    @Test
    void aNewBatchWithoutReplayLeavesTheHeadOfAbsentClassesAsItIs() {
        List<CompletedTask> tasks =
                Runs.learn(SpecBuilder.of("er-ace").memory(0).build());

        // two classes a task
        assertThat(Arrays.copyOf(head(tasks.get(1).model()), 2 * UNITS))
                .isEqualTo(head(tasks.get(0).model()));
        assertThat(Arrays.copyOf(head(tasks.get(4).model()), 2 * UNITS))
                .isEqualTo(head(tasks.get(0).model()));
    }

    @Test
    void plainTrainingChangesTheHeadOfAbsentClasses() {
        List<CompletedTask> tasks = Runs.learn(SpecBuilder.of("finetune").build());

        assertThat(Arrays.copyOf(head(tasks.get(1).model()), 2 * UNITS))
                .isNotEqualTo(head(tasks.get(0).model()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"er-ace", "er-aml"})
    void mostOfTheDigitsAreRememberedToTheEnd(String method) {
        // as er does by a reference loop, less the width of its range: 88 to 95 with the demo's settings
        assertThat(average(Runs.learn(SpecBuilder.demo(method).build()).get(4).model()))
                .isGreaterThan(85);
    }

    private static double average(FrozenModel model) {
        return Runs.scores(model).stream()
                .mapToDouble(TaskScore::accuracy)
                .average()
                .orElseThrow();
    }

    private static float[] head(FrozenModel model) {
        return model.weights().stream()
                .filter(tensor -> tensor.name().equals("head.weight"))
                .map(NamedTensor::values)
                .findFirst()
                .orElseThrow();
    }
}
