package io.engram.evaluator;

import io.engram.learning.artifact.ArtifactReference;
import io.engram.learning.artifact.ArtifactStore;
import io.engram.learning.artifact.FrozenModel;
import io.engram.learning.dataset.Datasets;
import io.engram.learning.memory.InProcessReplayMemory;
import io.engram.learning.run.CompletedTask;
import io.engram.learning.run.MemorySpec;
import io.engram.learning.run.Progress;
import io.engram.learning.run.Run;
import io.engram.learning.run.RunFactory;
import io.engram.learning.run.RunListener;
import io.engram.learning.run.RunSpec;
import io.engram.learning.run.TaskLoop;
import io.engram.learning.run.TrainingSpec;
import io.engram.learning.scenario.ScenarioSpec;
import io.engram.learning.setting.Component;
import io.engram.learning.tensor.TensorEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The models of a real, short run: the digits in tasks of 4, 4 and 2 classes. */
final class TrainedModels {
    /** Test samples of each task: a fifth, rounded, of each digit's samples in the data set's published class counts. */
    static final List<Integer> TEST_SAMPLES = List.of(36 + 36 + 35 + 37, 36 + 36 + 36 + 36, 35 + 36);

    private static List<FrozenModel> models;

    private TrainedModels() {}

    /** Writes the model of a task below a folder of its own. */
    static ArtifactReference write(Path root, String run, int attempt, int task) {
        return new ArtifactStore(root).write(models().get(task), "runs/%s/tasks/%d/%d".formatted(run, task, attempt));
    }

    /** The models of a short run, task by task. */
    static List<FrozenModel> of(String dataset, Path dataDir, int classesPerTask) {
        return train(new Datasets(Optional.of(dataDir)), dataset, classesPerTask);
    }

    private static synchronized List<FrozenModel> models() {
        if (models == null) {
            models = train(new Datasets(Optional.empty()), "digits", 4);
        }
        return models;
    }

    private static List<FrozenModel> train(Datasets datasets, String dataset, int classesPerTask) {
        List<FrozenModel> trained = new ArrayList<>();
        RunFactory factory = new RunFactory(datasets, TensorEngine.start(1));
        RunSpec spec = new RunSpec(
                ScenarioSpec.classIncremental(dataset, classesPerTask),
                Component.named("finetune"),
                Optional.empty(),
                Optional.empty(),
                TrainingSpec.defaults(),
                MemorySpec.defaults(),
                "cpu",
                OptionalLong.of(1));
        try (Run run = factory.create(spec, InProcessReplayMemory::new)) {
            new TaskLoop(run, new Collector(trained), System::nanoTime).run();
        }
        return trained;
    }

    private record Collector(List<FrozenModel> models) implements RunListener {
        @Override
        public void progressed(Progress progress) {
            // Nobody looks.
        }

        @Override
        public void taskCompleted(CompletedTask task) {
            models.add(task.model());
        }

        @Override
        public boolean cancellationRequested() {
            return false;
        }
    }
}
