package io.engram.trainer.application;

import io.engram.learning.run.RunSpec;
import io.engram.learning.scenario.ClassOrder;
import io.engram.learning.scenario.ScenarioSpec;
import io.engram.learning.scenario.Task;
import java.util.List;
import java.util.OptionalInt;

/** Says in a spec how its scenario came out: sizes, number of tasks, order of classes. */
final class ScenarioDefaults {
    private ScenarioDefaults() {}

    /** The same spec, splitting the classes the same way, with what was left out filled in. */
    static RunSpec fillIn(RunSpec spec, List<Task> tasks) {
        ScenarioSpec given = spec.scenario();
        ScenarioSpec filled = (given.form().shift().isPresent() ? shifted(given, tasks) : split(given, tasks))
                .withAugmentation(given.augmentation());
        return spec.withScenario(filled);
    }

    private static ScenarioSpec shifted(ScenarioSpec given, List<Task> tasks) {
        return new ScenarioSpec(
                given.dataset(),
                given.form(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.of(tasks.size()),
                given.classOrder());
    }

    private static ScenarioSpec split(ScenarioSpec given, List<Task> tasks) {
        return new ScenarioSpec(
                given.dataset(),
                given.form(),
                OptionalInt.of(tasks.get(0).labels().size()),
                given.classesPerTask().isPresent() ? given.classesPerTask() : classesPerTask(tasks),
                OptionalInt.of(tasks.size()),
                order(given.classOrder(), tasks));
    }

    /** The size of further tasks where one number says it: all of them the same, the last perhaps smaller. */
    private static OptionalInt classesPerTask(List<Task> tasks) {
        int size = tasks.get(Math.min(1, tasks.size() - 1)).labels().size();
        for (int t = 1; t < tasks.size(); t++) {
            int classes = tasks.get(t).labels().size();
            boolean last = t == tasks.size() - 1;
            if (last ? classes > size : classes != size) {
                return OptionalInt.empty();
            }
        }
        return OptionalInt.of(size);
    }

    private static ClassOrder order(ClassOrder given, List<Task> tasks) {
        return given instanceof ClassOrder.Ascending
                ? new ClassOrder.Listed(
                        tasks.stream().flatMap(task -> task.labels().stream()).toList())
                : given;
    }
}
