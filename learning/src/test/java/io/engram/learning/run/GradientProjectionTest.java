package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.learning.artifact.FrozenModel;
import io.engram.learning.dataset.Samples;
import io.engram.learning.method.Method;
import io.engram.learning.setting.Component;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Saha, Garg and Roy 2021 promise: steps leave alone what layers were given before. */
class GradientProjectionTest {
    private static final int PIXELS = 64;
    private static final int UNITS = 16;

    private static SpecBuilder twoTasks(double threshold) {
        Component all = new Component(
                "gpm", Map.of("threshold", threshold, "threshold_growth", 0.0, "representation_samples", 1e9));
        return SpecBuilder.of("gpm").method(all).firstTasks(2);
    }

    @Test
    void whatTheFirstLayerMakesOfEarlierSamplesStaysAsItWas() {
        List<CompletedTask> tasks = Runs.learn(twoTasks(1).build());

        assertThat(largestChange(tasks)).isLessThan(1e-4);
    }

    @Test
    void plainTrainingChangesIt() {
        List<CompletedTask> tasks =
                Runs.learn(SpecBuilder.of("finetune").firstTasks(2).build());

        assertThat(largestChange(tasks)).isGreaterThan(0.1);
    }

    @Test
    void vectorsAreLearnedWithTheFirstTaskAlone() {
        List<CompletedTask> tasks = Runs.learn(twoTasks(0.9).build());

        assertThat(tensor(tasks.get(1).model(), "backbone.0.bias"))
                .isEqualTo(tensor(tasks.get(0).model(), "backbone.0.bias"));
        float[] before = tensor(tasks.get(0).model(), "head.bias");
        float[] after = tensor(tasks.get(1).model(), "head.bias");
        assertThat(Arrays.copyOf(after, before.length)).isEqualTo(before);
    }

    @Test
    void rowsOfNewClassesAreFree() {
        RunSpec spec = twoTasks(1).build();
        RecordingMethod method = new RecordingMethod(Runs.method(spec.method()));

        Runs.learn(spec, method, new RecordingListener(), System::nanoTime);

        // three epochs of 18 batches for the first task; in the second, little but new rows can move
        List<Float> ofSecond = method.losses().subList(54, method.losses().size());
        assertThat(mean(ofSecond.subList(ofSecond.size() - 10, ofSecond.size())))
                .isLessThan(0.7 * mean(ofSecond.subList(0, 10)));
    }

    private static double mean(List<Float> losses) {
        return losses.stream().mapToDouble(Float::doubleValue).average().orElseThrow();
    }

    /** Without hidden layers the head's inputs are pixels, whose share can be found by hand. */
    @Test
    void asFewVectorsAsReachTheThresholdAreHeld() {
        RunSpec spec =
                Runs.FACTORY.complete(twoTasks(0.97).firstTasks(1).hidden().build());
        Method method = new RecordingMethod(
                Runs.method(spec.method()),
                batch -> {},
                "def shown(self) -> Tensor:\n  return torch.flatten(torch.t(self.bases[0]))\n");
        try (Run run = new Run(spec, method, Runs.DATASETS, Runs.ENGINE, Runs.IN_PROCESS)) {
            new TaskLoop(run, new RecordingListener(), System::nanoTime).run();
            float[] basis = run.learner().call("shown");
            int[] rows = run.scenario().tasks().get(0).trainRows();

            int vectors = basis.length / PIXELS;
            assertThat(share(basis, vectors, run.trainSamples(), rows)).isBetween(0.97, 1.0);
            assertThat(share(basis, vectors - 1, run.trainSamples(), rows)).isLessThan(0.97);
            for (int a = 0; a < vectors; a++) {
                for (int b = 0; b < vectors; b++) {
                    assertThat(product(basis, a, b)).isCloseTo(a == b ? 1 : 0, within(1e-5));
                }
            }
        }
    }

    /** The part of the samples' squared length that lies in the span of the first vectors. */
    private static double share(float[] basis, int vectors, Samples samples, int[] rows) {
        double inside = 0;
        double all = 0;
        for (int row : rows) {
            double[] x = pixels(samples, row);
            all += Arrays.stream(x).map(v -> v * v).sum();
            for (int v = 0; v < vectors; v++) {
                double product = 0;
                for (int i = 0; i < PIXELS; i++) {
                    product += basis[v * PIXELS + i] * x[i];
                }
                inside += product * product;
            }
        }
        return inside / all;
    }

    private static double product(float[] basis, int a, int b) {
        double product = 0;
        for (int i = 0; i < PIXELS; i++) {
            product += (double) basis[a * PIXELS + i] * basis[b * PIXELS + i];
        }
        return product;
    }

    /** By how much the second task changed what the first layer's weights make of samples of the first. */
    private static double largestChange(List<CompletedTask> tasks) {
        float[] before = tensor(tasks.get(0).model(), "backbone.0.weight");
        float[] after = tensor(tasks.get(1).model(), "backbone.0.weight");
        Samples samples = Runs.DATASETS.load("digits").train();
        double largest = 0;
        for (int row : tasks.get(0).task().trainRows()) {
            double[] x = pixels(samples, row);
            for (int unit = 0; unit < UNITS; unit++) {
                double change = 0;
                for (int i = 0; i < PIXELS; i++) {
                    change += ((double) after[unit * PIXELS + i] - before[unit * PIXELS + i]) * x[i];
                }
                largest = Math.max(largest, Math.abs(change));
            }
        }
        return largest;
    }

    private static double[] pixels(Samples samples, int row) {
        double[] x = new double[PIXELS];
        Arrays.setAll(x, i -> samples.items().get(row, i) / 16.0);
        return x;
    }

    private static float[] tensor(FrozenModel model, String name) {
        return model.weights().stream()
                .filter(tensor -> tensor.name().equals(name))
                .findFirst()
                .orElseThrow()
                .values();
    }
}
