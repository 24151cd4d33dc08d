package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import io.engram.learning.method.Method;
import io.engram.learning.setting.Component;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Terms of LUCIR, PODNet and EEIL by hand. */
class DistillingMethodsTest {

    /**
     * Classes 0 and 1 are old, 2 and 3 new; margin 0.5, both new classes count. Class 0 with 0.6 against 0.3 and 0: 0.2 and 0; class
     * 1 with 0.1 against 0.4 and 0.2: 0.8 and 0.6; a sample of class 3 has no part. The mean over two old samples is 0.8.
     */
    @Test
    void oldSamplesAreKeptApartFromTheNewClassesNearestToThem() {
        float[] loss = shown("lucir", Map.of("margin", 0.5, "nearest", 2.0), """
                def shown(self) -> Tensor:
                  cosines = torch.reshape(torch.tensor([0.6, 0.2, 0.3, 0.0, 0.9, 0.8, 0.7, 0.1, 0.0, 0.1, 0.4, 0.2]), [3, 4])
                  return self.too_near(cosines, torch.tensor([0, 3, 1]), 2)
                """);

        assertThat(loss[0]).isCloseTo(0.8f, within(1e-6f));
    }

    @Test
    void withoutOldSamplesNothingIsKeptApart() {
        float[] loss = shown("lucir", Map.of(), """
                def shown(self) -> Tensor:
                  return self.too_near(torch.reshape(torch.tensor([0.6, 0.2, 0.3, 0.0]), [1, 4]), torch.tensor([3]), 2)
                """);

        assertThat(loss[0]).isZero();
    }

    /**
     * Squares 1, 4 / 9, 16 of one channel: rows 5 and 25, columns 10 and 20, divided by the length of (5, 25, 10, 20), the root of
     * 1150.
     */
    @Test
    void outputsArePooledOverRowsAndOverColumns() {
        float[] pooled = shown("podnet", Map.of(), """
                def shown(self) -> Tensor:
                  return torch.flatten(self.pooled(torch.reshape(torch.tensor([1., 2., 3., 4.]), [1, 1, 2, 2])))
                """);

        float length = (float) Math.sqrt(1150);
        assertThat(pooled)
                .containsExactly(new float[] {5 / length, 25 / length, 10 / length, 20 / length}, offset(1e-6f));
    }

    /**
     * Scale 2, margin 0.6, own class 0 with 0.5 among 0.5, 0.1, -0.2: the lead is 2 (0.5 - 0.6) = -0.2, the others give log(exp(0.2) +
     * exp(-0.4)). A sample that leads by far costs nothing.
     */
    @Test
    void theOwnClassMustLeadTheOthersByAMargin() {
        float[] loss = shown("podnet", Map.of("margin", 0.6), """
                def shown(self) -> Tensor:
                  near = torch.reshape(torch.tensor([0.5, 0.1, -0.2]), [1, 3])
                  far = torch.reshape(torch.tensor([1.0, -1.0, -1.0]), [1, 3])
                  first = self.margin_loss(near, torch.tensor([2.]), torch.tensor([0]))
                  return torch.stack([first, self.margin_loss(far, torch.tensor([4.]), torch.tensor([0]))])
                """);

        assertThat(loss[0]).isCloseTo((float) (Math.log(Math.exp(0.2) + Math.exp(-0.4)) + 0.2), within(1e-6f));
        assertThat(loss[1]).isZero();
    }

    /**
     * Scale 2, margin 0.6, own class with 0.5 against 0.3: the scale is to grow by what the own class leads by, so the gradient is 0.3 - 0.5;
     * with the margin in it, it would be 0.4, and the scale would fall though the own class is the nearest.
     */
    @Test
    void theMarginDoesNotPullTheScaleDown() {
        float[] gradient = shown("podnet", Map.of("margin", 0.6), """
                def shown(self) -> Tensor:
                  scale = torch.tensor([2.], requires_grad=True)
                  loss = self.margin_loss(torch.reshape(torch.tensor([0.5, 0.3]), [1, 2]), scale, torch.tensor([0]))
                  gradient = torch.autograd.grad([loss], [scale])[0]
                  return torch.zeros([1]) if gradient is None else gradient
                """);

        assertThat(gradient[0]).isCloseTo(-0.2f, within(1e-6f));
    }

    @Test
    void fineTuningBeginsWithTheSecondTask() {
        List<CompletedTask> tuned = Runs.learn(eeil(2));
        List<CompletedTask> untuned = Runs.learn(eeil(0));

        assertThat(Runs.bits(tuned.get(0).model()))
                .isEqualTo(Runs.bits(untuned.get(0).model()));
        assertThat(Runs.bits(tuned.get(1).model()))
                .isNotEqualTo(Runs.bits(untuned.get(1).model()));
    }

    private static RunSpec eeil(double epochs) {
        return SpecBuilder.of("eeil")
                .method(new Component("eeil", Map.of("finetuning_epochs", epochs)))
                .firstTasks(2)
                .training(1, 16)
                .build();
    }

    /** What a function of a test gives that stands beside those of a method. */
    private static float[] shown(String name, Map<String, Object> settings, String text) {
        RunSpec spec = Runs.FACTORY.complete(
                SpecBuilder.of(name).method(new Component(name, settings)).build());
        Method method = new RecordingMethod(Runs.method(spec.method()), batch -> {}, text);
        try (Run run = new Run(spec, method, Runs.DATASETS, Runs.ENGINE, Runs.IN_PROCESS)) {
            run.learner().begin(4, false, false);
            return run.learner().call("shown");
        }
    }
}
