package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.learning.artifact.NamedTensor;
import io.engram.learning.setting.Component;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WeightAligningTest {
    private static final int FEATURES = 16;

    @Test
    void rowsOfNewClassesHaveTheMeanLengthOfOldOnes() {
        List<CompletedTask> tasks = Runs.learn(SpecBuilder.of("wa").build());

        for (int task = 1; task < 5; task++) {
            NamedTensor weight = head(tasks.get(task));
            double old = meanLength(weight, 0, 2 * task);
            assertThat(meanLength(weight, 2 * task, 2 * task + 2)).isCloseTo(old, within(1e-5));
        }
    }

    @Test
    void weightsOfTheHeadAreNotNegative() {
        NamedTensor weight = head(Runs.learn(SpecBuilder.of("wa").build()).get(4));

        for (float value : weight.values()) {
            assertThat(value).isNotNegative();
        }
    }

    @Test
    void withoutClippingSomeWeightsAreNegative() {
        RunSpec spec = SpecBuilder.of("wa")
                .method(new Component("wa", Map.of("weight_clipping", false)))
                .firstTasks(1)
                .build();

        assertThat(head(Runs.learn(spec).get(0)).values()).matches(WeightAligningTest::hasNegative);
    }

    private static boolean hasNegative(float[] values) {
        for (float value : values) {
            if (value < 0) {
                return true;
            }
        }
        return false;
    }

    private static NamedTensor head(CompletedTask task) {
        return task.model().weights().stream()
                .filter(tensor -> tensor.name().equals("head.weight"))
                .findFirst()
                .orElseThrow();
    }

    private static double meanLength(NamedTensor weight, int from, int to) {
        double sum = 0;
        for (int row = from; row < to; row++) {
            double squares = 0;
            for (int i = 0; i < FEATURES; i++) {
                squares += Math.pow(weight.values()[row * FEATURES + i], 2);
            }
            sum += Math.sqrt(squares);
        }
        return sum / (to - from);
    }
}
