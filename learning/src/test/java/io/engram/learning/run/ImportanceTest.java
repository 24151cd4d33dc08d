package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.engram.learning.artifact.NamedTensor;
import io.engram.learning.dataset.Samples;
import io.engram.learning.method.Method;
import io.engram.learning.scenario.ClassOrder;
import io.engram.learning.scenario.ScenarioForm;
import io.engram.learning.scenario.ScenarioSpec;
import io.engram.learning.setting.Component;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Methods that hold on to what mattered; importances on a linear classifier, where they are known by hand. */
class ImportanceTest {
    private static final ScenarioSpec FIRST_TASK = new ScenarioSpec(
            "digits", OptionalInt.empty(), OptionalInt.of(2), OptionalInt.of(1), new ClassOrder.Ascending());

    @ParameterizedTest
    @ValueSource(strings = {"ewc", "online-ewc"})
    void withoutWeightItIsFinetuneByteForByte(String method) {
        RunSpec weightless = SpecBuilder.of(method)
                .method(new Component(method, Map.of("lambda", 0.0)))
                .build();

        assertThat(Runs.bits(Runs.learn(weightless).get(4).model()))
                .isEqualTo(Runs.bits(
                        Runs.learn(SpecBuilder.of("finetune").build()).get(4).model()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ewc", "online-ewc", "mas"})
    void thePenaltyIsThereFromTheSecondStepOfTheSecondTaskOn(String method) {
        List<Float> plain = losses("finetune");
        List<Float> held = losses(method);

        // 288 samples of the classes 0 and 1: 18 steps; at the next the parameters are still the old ones
        assertThat(held.subList(0, 19)).isEqualTo(plain.subList(0, 19));
        assertThat(held.get(19)).isGreaterThan(plain.get(19));
    }

    /**
     * With {@code p} the probabilities of a linear classifier, the gradient of {@code log p_y} by {@code W_cj} is {@code
     * ((c = y) - p_c) x_j}; its square, averaged over {@code y}, is {@code p_c (1 - p_c) x_j^2}.
     */
    @ParameterizedTest
    @ValueSource(strings = {"ewc", "online-ewc"})
    void theFisherInformationIsThatOfALinearClassifier(String method) {
        Shown shown = afterFirstTask(method, Map.of("importance_samples", 0.0), 16, "fisher");

        float[] expected = shown.overSamples((x, logits, sums) -> {
            double[] p = softmax(logits);
            for (int k = 0; k < sums.length; k++) {
                int c = k / x.length;
                sums[k] += p[c] * (1 - p[c]) * x[k % x.length] * x[k % x.length];
            }
        });

        assertThat(shown.importances()).hasSize(2 * 64).containsExactly(expected, offset(1e-6f));
        assertThat(expected).isNotEqualTo(new float[2 * 64]);
    }

    /** The gradient of the squared length of {@code W x + b} by {@code W_cj} is {@code 2 (W x + b)_c x_j}. */
    @Test
    void memoryAwareSynapsesTakeTheAbsoluteGradientOfTheSquaredLengthOfTheOutput() {
        Shown shown = afterFirstTask("mas", Map.of("importance_samples", 0.0), 16, "importance");

        float[] expected = shown.overSamples((x, logits, sums) -> {
            for (int k = 0; k < sums.length; k++) {
                sums[k] += Math.abs(2 * logits[k / x.length] * x[k % x.length]);
            }
        });

        assertThat(shown.importances()).containsExactly(expected, offset(1e-5f));
    }

    /** With one step of gradient descent, {@code moved = -rate * g}, so that {@code omega = -g * moved = moved^2 / rate}. */
    @Test
    void synapticIntelligenceDividesThePathByTheSquaredDistance() {
        float[] before = initialWeights();
        Shown shown = afterFirstTask("si", Map.of("xi", 0.01), 512, "importance");

        float[] expected = new float[before.length];
        for (int k = 0; k < expected.length; k++) {
            double moved = shown.weights().get(0).values()[k] - before[k];
            expected[k] = (float) (moved * moved / 0.1 / (moved * moved + 0.01));
        }

        assertThat(shown.importances()).containsExactly(expected, offset(1e-5f));
        assertThat(expected).isNotEqualTo(new float[before.length]);
    }

    @Test
    void synapticIntelligenceIsFinetuneUntilTheSecondStepOfTheSecondTask() {
        List<Float> plain = losses("finetune");
        List<Float> held = losses("si");

        // its loss is that of the task alone: it shows the penalty one step later
        assertThat(held.subList(0, 20)).isEqualTo(plain.subList(0, 20));
        assertThat(held.get(20)).isNotEqualTo(plain.get(20));
    }

    /** There, the two models agree on the old classes, and the cross-entropy of two answers that agree is their entropy. */
    @Test
    void learningWithoutForgettingStartsATaskWithTheEntropyOfTheOldAnswers() {
        List<Float> plain = losses("finetune");
        List<Float> held = losses("lwf");

        assertThat(held.subList(0, 18)).isEqualTo(plain.subList(0, 18));
        assertThat((double) held.get(18) - plain.get(18)).isBetween(1e-3, Math.log(2));
    }

    /** Penalties and old answers are over the classes that the sample's task allows: all else would not be finite. */
    @ParameterizedTest
    @ValueSource(strings = {"ewc", "online-ewc", "si", "mas", "lwf", "a-gem"})
    void whereTheTaskIsGivenItForgetsLessThanFinetune(String method) {
        assertThat(accuracyOfTheFirstTask(method)).isGreaterThan(accuracyOfTheFirstTask("finetune"));
    }

    private static double accuracyOfTheFirstTask(String method) {
        List<CompletedTask> tasks = Runs.learn(SpecBuilder.of(method)
                .scenario(ScenarioSpec.classIncremental("digits", 2).withForm(ScenarioForm.TASK_INCREMENTAL))
                .optimizer("adam", Map.of("learning_rate", 0.01))
                .build());
        return Runs.scores(tasks.get(4).model()).get(0).accuracy();
    }

    private static float[] initialWeights() {
        RunSpec spec = SpecBuilder.of("finetune").scenario(FIRST_TASK).hidden().build();
        try (Run run = Runs.FACTORY.create(spec, Runs.IN_PROCESS)) {
            run.learner().begin(2, false, false);
            return run.learner().weights().get(0).values();
        }
    }

    private static List<Float> losses(String method) {
        RecordingMethod recording = new RecordingMethod(Runs.method(method));
        Runs.learn(
                SpecBuilder.of(method)
                        .optimizer("adam", Map.of("learning_rate", 0.01))
                        .training(1, 16)
                        .build(),
                recording,
                new RecordingListener(),
                System::nanoTime);
        return recording.losses();
    }

    private static double[] softmax(double[] logits) {
        double[] exponentials = Arrays.stream(logits).map(Math::exp).toArray();
        double sum = Arrays.stream(exponentials).sum();
        return Arrays.stream(exponentials).map(e -> e / sum).toArray();
    }

    /** Learns the first task and shows the importances of the weights of the head. */
    private static Shown afterFirstTask(String name, Map<String, Object> settings, int batchSize, String list) {
        SpecBuilder builder = SpecBuilder.of(name).method(new Component(name, settings));
        RunSpec spec = Runs.FACTORY.complete(
                builder.scenario(FIRST_TASK).hidden().training(1, batchSize).build());
        Method method = new RecordingMethod(
                Runs.method(spec.method()),
                batch -> {},
                "def shown(self) -> Tensor:\n  return torch.flatten(self." + list + "[0])\n");
        try (Run run = new Run(spec, method, Runs.DATASETS, Runs.ENGINE, Runs.IN_PROCESS)) {
            new TaskLoop(run, new RecordingListener(), System::nanoTime).run();
            int[] rows = run.scenario().tasks().get(0).trainRows();
            return new Shown(
                    run.trainSamples(),
                    rows,
                    run.learner().weights(),
                    run.learner().call("shown"));
        }
    }

    private interface OneSample {
        void add(double[] x, double[] logits, double[] sums);
    }

    private record Shown(Samples samples, int[] rows, List<NamedTensor> weights, float[] importances) {

        /** The mean over the samples of the task. */
        float[] overSamples(OneSample one) {
            float[] weight = weights.get(0).values();
            double[] sums = new double[weight.length];
            for (int row : rows) {
                double[] x = new double[64];
                Arrays.setAll(x, j -> samples.items().get(row, j) / 16.0);
                double[] logits = new double[2];
                Arrays.setAll(logits, c -> {
                    double logit = weights.get(1).values()[c];
                    for (int j = 0; j < x.length; j++) {
                        logit += weight[c * x.length + j] * x[j];
                    }
                    return logit;
                });
                one.add(x, logits, sums);
            }
            float[] means = new float[sums.length];
            for (int k = 0; k < sums.length; k++) {
                means[k] = (float) (sums[k] / rows.length);
            }
            return means;
        }
    }
}
