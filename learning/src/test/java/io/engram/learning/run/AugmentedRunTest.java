package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.learning.augmentation.Augmentation;
import io.engram.learning.method.Method;
import io.engram.learning.method.Observation;
import io.engram.learning.method.Replay;
import io.engram.learning.method.Step;
import io.engram.learning.scenario.Batch;
import io.engram.learning.scenario.ScenarioForm;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two tasks of two digits, whose images are cropped and mirrored. */
class AugmentedRunTest {

    static Stream<MethodInScenario> supported() {
        return MethodInScenario.supported();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("supported")
    void everyMethodRepeatsBitForBitAndLearnsSomethingElse(MethodInScenario each) {
        RunSpec augmented = spec(each, Augmentation.NAMES);

        var once = Runs.bits(Runs.learn(augmented).get(1).model());

        assertThat(Runs.bits(Runs.learn(augmented).get(1).model())).isEqualTo(once);
        assertThat(Runs.bits(Runs.learn(spec(each, List.of())).get(1).model())).isNotEqualTo(once);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "replayed_x"})
    void newAndReplayedSamplesAreCropped(String inputs) {
        List<Float> plain = sums(inputs, List.of());
        List<Float> cropped = sums(inputs, List.of(Augmentation.PAD_AND_CROP));

        // What is cut off is replaced by black, and that nothing of 16 digits is cut off never happens.
        assertThat(cropped).hasSameSizeAs(plain).hasSizeGreaterThan(20);
        for (int step = 1; step < plain.size(); step++) {
            assertThat(cropped.get(step)).isLessThan(plain.get(step));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "replayed_x"})
    void mirroringLeavesSumsAlone(String inputs) {
        // Values are sixteenths, whose sums are exact.
        assertThat(sums(inputs, List.of(Augmentation.HORIZONTAL_FLIP))).isEqualTo(sums(inputs, List.of()));
    }

    private static List<Float> sums(String inputs, List<String> augmentation) {
        SummedInputs method = new SummedInputs(inputs);
        Runs.learn(
                spec(new MethodInScenario("er", ScenarioForm.CLASS_INCREMENTAL), augmentation),
                method,
                new RecordingListener(),
                System::nanoTime);
        return method.sums;
    }

    private static RunSpec spec(MethodInScenario each, List<String> augmentation) {
        return each.spec()
                .scenario(each.scenario(2).withAugmentation(augmentation))
                .training(1, 16)
                .build();
    }

    /** Learns nothing, and writes down the sum of inputs in every step. */
    private static final class SummedInputs implements Method {
        private final String inputs;
        private final List<Float> sums = new ArrayList<>();

        /** @param inputs {@code x} or {@code replayed_x} */
        private SummedInputs(String inputs) {
            this.inputs = inputs;
        }

        @Override
        public String text() {
            return """
                    def loss(self, x: Tensor, y: Tensor, t: Tensor,
                             replayed_x: Tensor, replayed_y: Tensor, replayed_t: Tensor) -> List[Tensor]:
                      logits = self.logits(x)
                      loss = torch.add(torch.mul(torch.sum(logits), 0.), torch.sum(%s))
                      return [loss, logits]
                    """.formatted(inputs);
        }

        @Override
        public Replay replay() {
            return Replay.STREAM;
        }

        @Override
        public Observation observe(Batch batch, Step step) {
            Observation observation = step.run(batch);
            sums.add(observation.loss());
            return observation;
        }
    }
}
