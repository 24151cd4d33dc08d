package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What happens to momentum and moments between tasks. */
class OptimizerStateTest {

    @Test
    void momentumGoesOnIntoTheNextTaskUnlessItIsReset() {
        assertThat(Runs.bits(Runs.learn(spec(momentum(), true)).get(1).model()))
                .isNotEqualTo(
                        Runs.bits(Runs.learn(spec(momentum(), false)).get(1).model()));
    }

    @Test
    void momentsGoOnIntoTheNextTaskUnlessTheyAreReset() {
        assertThat(Runs.bits(Runs.learn(adam(true)).get(1).model()))
                .isNotEqualTo(Runs.bits(Runs.learn(adam(false)).get(1).model()));
    }

    @Test
    void resettingMakesNoDifferenceWithoutState() {
        assertThat(Runs.bits(Runs.learn(spec(Map.of(), true)).get(1).model()))
                .isEqualTo(Runs.bits(Runs.learn(spec(Map.of(), false)).get(1).model()));
    }

    @Test
    void resettingMakesNoDifferenceInTheFirstTask() {
        assertThat(Runs.bits(Runs.learn(adam(true)).get(0).model()))
                .isEqualTo(Runs.bits(Runs.learn(adam(false)).get(0).model()));
    }

    @Test
    void settingsThatPrintWithAnExponentAreUnderstoodByTheEngine() {
        RunSpec spec = SpecBuilder.of("finetune")
                .classes(0)
                .training(1, 64)
                .optimizer("adam", Map.of("learning_rate", 1e-300, "beta1", 1e-7, "weight_decay", 1e-9))
                .build();

        assertThat(Runs.learn(spec)).hasSize(1);
    }

    private static Map<String, Object> momentum() {
        return Map.of("momentum", 0.9, "learning_rate", 0.01);
    }

    private static RunSpec spec(Map<String, Object> settings, boolean reset) {
        return builder(reset).optimizer("sgd", settings).build();
    }

    private static RunSpec adam(boolean reset) {
        return builder(reset).optimizer("adam", Map.of()).build();
    }

    private static SpecBuilder builder(boolean reset) {
        // two classes a task: with one class alone the gradient of the first task is 0, and there is no momentum to
        // keep
        return SpecBuilder.of("finetune")
                .training(new TrainingSpec(OptionalInt.of(1), OptionalInt.of(32), Optional.of(reset)));
    }
}
