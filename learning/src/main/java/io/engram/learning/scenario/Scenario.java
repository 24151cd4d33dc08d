package io.engram.learning.scenario;

import io.engram.learning.dataset.Dataset;
import io.engram.learning.dataset.Samples;
import io.engram.learning.setting.Violation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A data set split into a sequence of tasks. Classes get dense ids in the order in which they arrive: the class offset of
 * a task is the number of classes seen before it.
 */
public final class Scenario {
    /** Dense id of a class that takes no part. */
    private static final int ABSENT = -1;

    private final Dataset dataset;
    private final List<Task> tasks;
    private final int[] denseIds;
    private final int[] taskOfClass;

    private Scenario(Dataset dataset, List<List<Integer>> labelsByTask) {
        this.dataset = dataset;
        denseIds = new int[dataset.description().classes().size()];
        Arrays.fill(denseIds, ABSENT);
        taskOfClass = new int[denseIds.length];
        Arrays.fill(taskOfClass, ABSENT);
        int next = 0;
        for (int task = 0; task < labelsByTask.size(); task++) {
            for (int label : labelsByTask.get(task)) {
                denseIds[label] = next++;
                taskOfClass[label] = task;
            }
        }
        int[][] train = rowsByTask(dataset.train(), taskOfClass, labelsByTask.size());
        int[][] test = rowsByTask(dataset.test(), taskOfClass, labelsByTask.size());
        List<Task> made = new ArrayList<>();
        for (int task = 0; task < labelsByTask.size(); task++) {
            made.add(new Task(task, labelsByTask.get(task), train[task], test[task]));
        }
        tasks = List.copyOf(made);
    }

    /**
     * Splits a data set.
     *
     * @param violations takes what is refused, with the path of the field in a run spec
     * @return the scenario; it has no tasks where something was refused
     */
    public static Scenario split(ScenarioSpec spec, Dataset dataset, List<Violation> violations) {
        List<List<Integer>> labels =
                ClassSplit.of(spec, dataset.description().classes().size(), violations);
        Scenario scenario = new Scenario(dataset, labels);
        labels.forEach(ofTask -> ofTask.forEach(label -> scenario.requireSamples(label, violations)));
        return scenario;
    }

    /**
     * The scenario of a model that was trained on it.
     *
     * @param labelsByTask original labels of each task
     */
    public static Scenario of(Dataset dataset, List<List<Integer>> labelsByTask) {
        return new Scenario(dataset, labelsByTask);
    }

    public Dataset dataset() {
        return dataset;
    }

    public List<Task> tasks() {
        return tasks;
    }

    /** Dense id of an original label: the column of the class in the head. */
    public int denseId(int label) {
        return denseIds[label];
    }

    /** Dense ids of samples, row by row; -1 for classes that take no part. */
    public int[] denseIds(Samples samples) {
        return Arrays.stream(samples.labels()).map(label -> denseIds[label]).toArray();
    }

    /** Tasks that bring the classes of samples, row by row; -1 for classes that take no part. */
    public int[] tasksOf(Samples samples) {
        return Arrays.stream(samples.labels()).map(label -> taskOfClass[label]).toArray();
    }

    /** Classes of the tasks 0 to {@code task}. */
    public int classesUpTo(int task) {
        return tasks.subList(0, task + 1).stream()
                .mapToInt(t -> t.labels().size())
                .sum();
    }

    private void requireSamples(int label, List<Violation> violations) {
        requireSamples(dataset.train(), label, "training", violations);
        requireSamples(dataset.test(), label, "test", violations);
    }

    private void requireSamples(Samples samples, int label, String part, List<Violation> violations) {
        if (Arrays.stream(samples.labels()).noneMatch(l -> l == label)) {
            violations.add(new Violation(
                    "scenario.class_incremental.class_order",
                    "class " + label,
                    "classes with " + part + " samples in " + dataset.name()));
        }
    }

    /** One pass over the labels, however many tasks there are. */
    private static int[][] rowsByTask(Samples samples, int[] taskOfClass, int tasks) {
        int[] counts = new int[tasks];
        for (int label : samples.labels()) {
            if (taskOfClass[label] != ABSENT) {
                counts[taskOfClass[label]]++;
            }
        }
        int[][] rows = new int[tasks][];
        for (int task = 0; task < tasks; task++) {
            rows[task] = new int[counts[task]];
        }
        int[] filled = new int[tasks];
        int[] labels = samples.labels();
        for (int row = 0; row < labels.length; row++) {
            int task = taskOfClass[labels[row]];
            if (task != ABSENT) {
                rows[task][filled[task]++] = row;
            }
        }
        return rows;
    }
}
