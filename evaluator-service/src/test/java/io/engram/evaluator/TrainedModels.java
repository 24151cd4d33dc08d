package io.engram.evaluator;

import io.engram.learning.artifact.ArtifactReference;
import io.engram.learning.artifact.ArtifactStore;
import io.engram.learning.artifact.FrozenModel;
import io.engram.learning.dataset.Datasets;
import io.engram.learning.memory.InProcessReplayMemory;
import io.engram.learning.run.BackboneSpec;
import io.engram.learning.run.CompletedTask;
import io.engram.learning.run.MemorySpec;
import io.engram.learning.run.Progress;
import io.engram.learning.run.Run;
import io.engram.learning.run.RunFactory;
import io.engram.learning.run.RunListener;
import io.engram.learning.run.RunSpec;
import io.engram.learning.run.TaskLoop;
import io.engram.learning.run.TrainingSpec;
import io.engram.learning.scenario.ClassOrder;
import io.engram.learning.scenario.DomainShift;
import io.engram.learning.scenario.ScenarioForm;
import io.engram.learning.scenario.ScenarioSpec;
import io.engram.learning.setting.Component;
import io.engram.learning.tensor.TensorEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The models of real, short runs, most of the digits in tasks of 4, 4 and 2 classes. */
final class TrainedModels {
    /** Test samples of each digit: a fifth, rounded, of its samples in the data set's published class counts. */
    static final List<Integer> TEST_SAMPLES_OF_CLASS = List.of(36, 36, 35, 37, 36, 36, 36, 36, 35, 36);
    /** Test samples of each task. */
    static final List<Integer> TEST_SAMPLES = List.of(36 + 36 + 35 + 37, 36 + 36 + 36 + 36, 35 + 36);

    /** Class by class in order of labels: what tests learn where nothing else is said. */
    static final RunSpec DIGITS = spec("finetune", ScenarioSpec.classIncremental("digits", 4));

    /** The same scenario, of which each model has seen all tasks up to its own together. */
    static final RunSpec JOINT = spec("joint", ScenarioSpec.classIncremental("digits", 4));

    /** The same kind of scenario, from the last class to the first. */
    static final RunSpec DESCENDING = spec(
            "joint",
            new ScenarioSpec(
                    "digits",
                    OptionalInt.empty(),
                    OptionalInt.of(4),
                    OptionalInt.empty(),
                    new ClassOrder.Listed(List.of(9, 8, 7, 6, 5, 4, 3, 2, 1, 0))));

    /** All classes in each task, turned further each time. */
    static final RunSpec ROTATED = spec(
            "finetune",
            new ScenarioSpec(
                    "digits",
                    ScenarioForm.shifted(new DomainShift.Rotation(10)),
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalInt.of(3),
                    new ClassOrder.Ascending()));

    /** Groups of five classes: 0 and 5 share a column, and so on. */
    static final RunSpec GROUPS =
            spec("finetune", ScenarioSpec.classIncremental("digits", 5).withForm(ScenarioForm.CLASS_GROUPS));

    private static final Map<RunSpec, List<FrozenModel>> MODELS = new HashMap<>();

    private TrainedModels() {}

    /** Writes the model of a task below a folder of its own. */
    static ArtifactReference write(RunSpec spec, Path root, String run, int attempt, int task) {
        return new ArtifactStore(root)
                .write(models(spec).get(task), "runs/%s/tasks/%d/%d".formatted(run, task, attempt));
    }

    /** The models of a short run, task by task. */
    static List<FrozenModel> of(String dataset, Path dataDir, int classesPerTask) {
        return train(
                new Datasets(Optional.of(dataDir)),
                spec("finetune", ScenarioSpec.classIncremental(dataset, classesPerTask)));
    }

    /** The models of a short run on the digits, task by task, whose backbone is a module of the data folder. */
    static List<FrozenModel> onModule(String file, Path dataDir) {
        Component backbone = new Component("torchscript", Map.of("trainable", true));
        return train(
                new Datasets(Optional.of(dataDir)),
                spec(
                        "finetune",
                        ScenarioSpec.classIncremental("digits", 4),
                        Optional.of(new BackboneSpec(backbone, file))));
    }

    private static synchronized List<FrozenModel> models(RunSpec spec) {
        return MODELS.computeIfAbsent(spec, one -> train(new Datasets(Optional.empty()), one));
    }

    private static RunSpec spec(String method, ScenarioSpec scenario) {
        return spec(method, scenario, Optional.empty());
    }

    private static RunSpec spec(String method, ScenarioSpec scenario, Optional<BackboneSpec> backbone) {
        return new RunSpec(
                scenario,
                Component.named(method),
                backbone,
                Optional.empty(),
                TrainingSpec.defaults(),
                MemorySpec.defaults(),
                "cpu",
                OptionalLong.of(1));
    }

    private static List<FrozenModel> train(Datasets datasets, RunSpec spec) {
        List<FrozenModel> trained = new ArrayList<>();
        RunFactory factory = new RunFactory(datasets, TensorEngine.start(1));
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
