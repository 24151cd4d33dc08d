package io.engram.learning.run;

import ai.djl.Device;
import io.engram.learning.dataset.Datasets;
import io.engram.learning.memory.InProcessReplayMemory;
import io.engram.learning.method.TaskContext;
import io.engram.learning.scenario.Batch;
import io.engram.learning.scenario.ClassOrder;
import io.engram.learning.scenario.ScenarioSpec;
import io.engram.learning.scenario.Task;
import io.engram.learning.setting.Component;
import io.engram.learning.tensor.TensorEngine;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * What {@code bench/resnet.py} measures beside bare PyTorch: steps of a ResNet-18 with the CIFAR stem in batches of 32, and
 * evaluation in batches of 512. Arguments: the data folder, compute threads, steps and evaluations that count. Prints samples a
 * second as JSON.
 */
final class ResnetBenchmark {
    private static final int WARM_UP = 5;
    private static final int BATCH = 32;

    private ResnetBenchmark() {}

    public static void main(String[] arguments) {
        TensorEngine engine = TensorEngine.start(Integer.parseInt(arguments[1]));
        Datasets datasets = new Datasets(Optional.of(Path.of(arguments[0])));
        try (Run run = new RunFactory(datasets, engine).create(spec(), InProcessReplayMemory::new)) {
            Task task = run.scenario().tasks().get(0);
            double training = training(run, task, Integer.parseInt(arguments[2]));
            double evaluation =
                    evaluation(run, task, new Stopwatch(1, Integer.parseInt(arguments[3])), datasets, engine);
            System.out.printf(
                    "{\"threads\": %d, \"training_samples_per_second\": %.1f, \"evaluation_samples_per_second\": %.1f}%n",
                    engine.threads(), training, evaluation);
        }
    }

    private static double training(Run run, Task task, int steps) {
        run.learner().begin(run.scenario().classesUpTo(0), false, false);
        TaskContext context = run.context(task);
        run.learner().use(context.trainLoader().source());
        Stopwatch stopwatch = new Stopwatch(WARM_UP, steps);
        context.trainLoader().forEachBatch(stopwatch.each(batch -> run.method().observe(batch, run.learner())));
        return stopwatch.samplesPerSecond();
    }

    private static double evaluation(Run run, Task task, Stopwatch stopwatch, Datasets datasets, TensorEngine engine) {
        try (Validation validation =
                new Validation(run.freeze(task), datasets.load("cifar-10"), engine, Device.cpu())) {
            run.context(task)
                    .testLoaders()
                    .get(0)
                    .forEachBatch(stopwatch.each(batch -> validation.inference(task, batch)));
        }
        return stopwatch.samplesPerSecond();
    }

    private static RunSpec spec() {
        return new RunSpec(
                new ScenarioSpec(
                        "cifar-10",
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.of(1),
                        new ClassOrder.Ascending()),
                Component.named("finetune"),
                Optional.of(BackboneSpec.of(Component.named("resnet18"))),
                Optional.of(new Component("sgd", Map.of("learning_rate", 0.1))),
                new TrainingSpec(OptionalInt.of(1), OptionalInt.of(BATCH), Optional.empty()),
                MemorySpec.defaults(),
                "cpu",
                OptionalLong.of(1));
    }

    /** Times some batches after those that do not count, and passes over those behind them. */
    private static final class Stopwatch {
        private final int from;
        private final int to;
        private int batches;
        private long samples;
        private long nanos;

        Stopwatch(int warmUp, int timed) {
            from = warmUp;
            to = warmUp + timed;
        }

        Consumer<Batch> each(Consumer<Batch> work) {
            return batch -> {
                if (batches < to) {
                    long start = System.nanoTime();
                    work.accept(batch);
                    if (batches >= from) {
                        nanos += System.nanoTime() - start;
                        samples += batch.size();
                    }
                }
                batches++;
            };
        }

        double samplesPerSecond() {
            return samples * 1e9 / nanos;
        }
    }
}
