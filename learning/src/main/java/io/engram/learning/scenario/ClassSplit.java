package io.engram.learning.scenario;

import io.engram.learning.setting.Violation;
import io.engram.replay.SplitMix64;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Splits the classes of a data set into tasks: decides sizes and order, and knows nothing of samples. */
final class ClassSplit {
    private static final int MOST_TASKS = 1000;
    private static final int DEFAULT_CLASSES_PER_TASK = 2;
    private static final int DEFAULT_SHIFTED_TASKS = 10;

    private final ScenarioSpec spec;
    private final int datasetClasses;
    private final List<Violation> violations;

    private ClassSplit(ScenarioSpec spec, int datasetClasses, List<Violation> violations) {
        this.spec = spec;
        this.datasetClasses = datasetClasses;
        this.violations = violations;
    }

    /**
     * The original labels of each task; empty where something was refused.
     *
     * @param violations takes what is refused
     */
    static List<List<Integer>> of(ScenarioSpec spec, int datasetClasses, List<Violation> violations) {
        int before = violations.size();
        ClassSplit split = new ClassSplit(spec, datasetClasses, violations);
        List<List<Integer>> tasks = spec.form().shift().isPresent() ? split.repeat() : split.split();
        return violations.size() == before ? tasks : List.of();
    }

    /** Every class in each task. */
    private List<List<Integer>> repeat() {
        int tasks = spec.tasks().orElse(DEFAULT_SHIFTED_TASKS);
        if (tasks < 1 || tasks > MOST_TASKS) {
            refuse("tasks", tasks, "1 to " + MOST_TASKS);
            return List.of();
        }
        return Collections.nCopies(tasks, order());
    }

    private List<List<Integer>> split() {
        int before = violations.size();
        List<Integer> order = order();
        int classes = violations.size() == before ? order.size() : datasetClasses;
        requireRange("first_task_classes", spec.firstTaskClasses(), classes, classes);
        requireRange("classes_per_task", spec.classesPerTask(), classes, classes);
        requireRange("tasks", spec.tasks(), Math.min(classes, MOST_TASKS), classes);
        if (violations.size() > before) {
            return List.of();
        }
        List<List<Integer>> tasks = new ArrayList<>();
        int next = 0;
        while (next < classes && tasks.size() < spec.tasks().orElse(MOST_TASKS)) {
            int size = Math.min(classes - next, size(tasks.size(), classes - next));
            tasks.add(order.subList(next, next + size));
            next += size;
        }
        requireTaskCount(tasks.size(), classes);
        if (spec.tasks().isEmpty() && next < classes) {
            refuse(
                    "classes_per_task",
                    size(1, classes),
                    "enough for " + classes + " classes in at most " + MOST_TASKS + " tasks");
        }
        return tasks;
    }

    /** Classes of a task, where {@code left} classes have not been given out. */
    private int size(int task, int left) {
        if (task == 0 && spec.firstTaskClasses().isPresent()) {
            return spec.firstTaskClasses().getAsInt();
        }
        if (spec.classesPerTask().isPresent()) {
            return spec.classesPerTask().getAsInt();
        }
        if (spec.tasks().isEmpty()) {
            return DEFAULT_CLASSES_PER_TASK;
        }
        int tasksLeft = spec.tasks().getAsInt() - task;
        return (left + tasksLeft - 1) / tasksLeft;
    }

    private void requireTaskCount(int made, int classes) {
        spec.tasks().ifPresent(asked -> {
            if (made < asked) {
                refuse("tasks", asked, "at most " + made + ", since " + classes + " classes are used up by then");
            }
        });
    }

    private void requireRange(String field, OptionalInt given, int most, int classes) {
        given.ifPresent(value -> {
            if (value < 1 || value > most) {
                refuse(field, value, "1 to " + most + " (the scenario has " + classes + " classes)");
            }
        });
    }

    private List<Integer> order() {
        List<Integer> ascending = IntStream.range(0, datasetClasses).boxed().toList();
        if (spec.classOrder() instanceof ClassOrder.Listed listed) {
            return requireLabels(listed.labels());
        }
        if (spec.classOrder() instanceof ClassOrder.Shuffled shuffled) {
            return shuffle(ascending, new SplitMix64(shuffled.seed()));
        }
        return ascending;
    }

    private List<Integer> requireLabels(List<Integer> labels) {
        if (labels.isEmpty()) {
            refuse("class_order.labels", "an empty list", "at least one label");
        }
        if (labels.size() > datasetClasses) {
            refuse(
                    "class_order.labels",
                    labels.size() + " labels",
                    "each of " + datasetClasses + " labels at most once");
            return labels;
        }
        HashSet<Integer> before = new HashSet<>();
        for (int label : labels) {
            if (label < 0 || label >= datasetClasses) {
                refuse("class_order.labels", label, "labels 0 to " + (datasetClasses - 1) + " of " + spec.dataset());
            } else if (!before.add(label)) {
                refuse("class_order.labels", label + " twice", "each label at most once");
            }
        }
        return labels;
    }

    /** Fisher and Yates. */
    private static List<Integer> shuffle(List<Integer> ordered, SplitMix64 random) {
        List<Integer> shuffled = new ArrayList<>(ordered);
        for (int i = shuffled.size() - 1; i > 0; i--) {
            Collections.swap(shuffled, i, random.nextInt(i + 1));
        }
        return shuffled;
    }

    private void refuse(String field, Object value, String allowed) {
        violations.add(new Violation(spec.form().path() + "." + field, String.valueOf(value), allowed));
    }
}
