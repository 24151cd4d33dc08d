package io.engram.learning.results;

import ai.djl.Device;
import io.engram.learning.dataset.Datasets;
import io.engram.learning.memory.InProcessReplayMemory;
import io.engram.learning.metric.Metrics;
import io.engram.learning.metric.TaskScore;
import io.engram.learning.run.CompletedTask;
import io.engram.learning.run.Progress;
import io.engram.learning.run.Run;
import io.engram.learning.run.RunFactory;
import io.engram.learning.run.RunListener;
import io.engram.learning.run.RunSpec;
import io.engram.learning.run.TaskLoop;
import io.engram.learning.run.Validation;
import io.engram.learning.tensor.TensorEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Learns and scores runs in process, without the services. */
final class Rerun {
    private final Datasets datasets;
    private final TensorEngine engine;

    /** @param data the folder with the data sets */
    Rerun(Optional<Path> data, TensorEngine engine) {
        datasets = new Datasets(data);
        this.engine = engine;
    }

    /** Scores of the model after the last task, one for each task. */
    List<TaskScore> scores(RunSpec spec) {
        List<CompletedTask> completed = new ArrayList<>();
        try (Run run = new RunFactory(datasets, engine).create(spec, InProcessReplayMemory::new)) {
            new TaskLoop(run, keeping(completed), System::nanoTime).run();
        }
        CompletedTask last = completed.get(completed.size() - 1);
        try (Validation validation =
                new Validation(last.model(), datasets.load(spec.scenario().dataset()), engine, Device.cpu())) {
            return validation.scores();
        }
    }

    private static RunListener keeping(List<CompletedTask> completed) {
        return new RunListener() {
            @Override
            public void progressed(Progress progress) {}

            @Override
            public void taskCompleted(CompletedTask task) {
                completed.add(task);
            }

            @Override
            public boolean cancellationRequested() {
                return false;
            }
        };
    }

    /** Prints {@code row,seed,average accuracy,accuracy of each task} for the row and the seed that are named. */
    public static void main(String[] arguments) {
        ResultsRows all = ResultsRows.read();
        ResultsRow row = all.rows().stream()
                .filter(r -> r.id().equals(arguments[1]))
                .findFirst()
                .orElseThrow();
        long seed = Long.parseLong(arguments[2]);
        List<TaskScore> scores = new Rerun(Optional.of(Path.of(arguments[0])), TensorEngine.start(1))
                .scores(row.spec(all.protocol(row), seed));
        System.out.printf(
                Locale.ROOT,
                "%s,%d,%.2f,%s%n",
                row.id(),
                seed,
                Metrics.averageAccuracy(scores),
                scores.stream().map(TaskScore::accuracy).toList());
    }
}
