package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.engram.learning.artifact.NamedTensor;
import io.engram.learning.dataset.Samples;
import io.engram.learning.setting.Component;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Streaming classifiers against the papers' recursions, in double precision, over the samples in the order in which they
 * came. Without hidden layers the features of a digit are its 64 pixels, 0 to 1.
 */
class StreamingTest {
    private static final int FEATURES = 64;
    private static final int CLASSES = 4;
    private static final double SHRINKAGE = 0.01;

    private final double[][] means = new double[CLASSES][FEATURES];
    private final double[] counts = new double[CLASSES];
    private final double[][] covariance = new double[FEATURES][FEATURES];
    private double seen;

    @Test
    void theNearestMeanIsThatOfEverySampleOfItsClass() {
        List<NamedTensor> tensors = learn(Component.named("ncm"));

        assertThat(tensors.get(2).name()).isEqualTo("classifier.weight");
        for (int k = 0; k < CLASSES; k++) {
            double squares = 0;
            for (int i = 0; i < FEATURES; i++) {
                assertThat((double) tensors.get(2).values()[k * FEATURES + i]).isCloseTo(means[k][i], within(1e-5));
                squares += means[k][i] * means[k][i];
            }
            assertThat((double) tensors.get(3).values()[k]).isCloseTo(-squares / 2, within(1e-4));
        }
    }

    /** Precision times mean is the solution {@code w} of covariance times {@code w} = mean: no inverse is needed to check it. */
    @Test
    void theDiscriminantIsThatOfTheRecursion() {
        List<NamedTensor> tensors = learn(new Component("slda", Map.of("shrinkage", SHRINKAGE)));

        for (int k = 0; k < CLASSES; k++) {
            double product = 0;
            for (int i = 0; i < FEATURES; i++) {
                double solved = 0;
                for (int j = 0; j < FEATURES; j++) {
                    double shrunk = (1 - SHRINKAGE) * covariance[i][j] + (i == j ? SHRINKAGE : 0);
                    solved += shrunk * weight(tensors, k, j);
                }
                assertThat(solved).isCloseTo(means[k][i], within(1e-4));
                product += weight(tensors, k, i) * means[k][i];
            }
            assertThat((double) tensors.get(3).values()[k]).isCloseTo(-product / 2, within(1e-2));
        }
    }

    @Test
    void neitherNetworkNorHeadAreTrained() {
        List<CompletedTask> tasks = Runs.learn(SpecBuilder.of("slda").build());

        List<NamedTensor> first = tasks.get(0).model().weights();
        List<NamedTensor> last = tasks.get(4).model().weights();
        assertThat(last.get(0).values()).isEqualTo(first.get(0).values());
        assertThat(Arrays.copyOf(last.get(2).values(), first.get(2).values().length))
                .isEqualTo(first.get(2).values());
    }

    private static double weight(List<NamedTensor> tensors, int k, int i) {
        return tensors.get(2).values()[k * FEATURES + i];
    }

    /** Two tasks of two classes, and beside it the recursion of the paper. */
    private List<NamedTensor> learn(Component method) {
        Samples samples = Runs.DATASETS.load("digits").train();
        RecordingMethod recording = new RecordingMethod(Runs.method(method), batch -> {
            for (int k = 0; k < batch.size(); k++) {
                double[] z = new double[FEATURES];
                for (int i = 0; i < FEATURES; i++) {
                    z[i] = (samples.items().get(batch.row(k), i) & 0xff) / 16.0;
                }
                take(z, batch.classOf(k));
            }
        });
        RunSpec spec = SpecBuilder.of(method.name())
                .method(method)
                .hidden()
                .training(1, 16)
                .firstTasks(2)
                .build();
        List<CompletedTask> tasks = Runs.learn(spec, recording, new RecordingListener(), System::nanoTime);
        return new ArrayList<>(tasks.get(1).model().weights());
    }

    private void take(double[] z, int y) {
        for (int i = 0; i < FEATURES; i++) {
            for (int j = 0; j < FEATURES; j++) {
                double delta = seen / (seen + 1) * (z[i] - means[y][i]) * (z[j] - means[y][j]);
                covariance[i][j] = (seen * covariance[i][j] + delta) / (seen + 1);
            }
        }
        for (int i = 0; i < FEATURES; i++) {
            means[y][i] = (counts[y] * means[y][i] + z[i]) / (counts[y] + 1);
        }
        counts[y]++;
        seen++;
    }
}
