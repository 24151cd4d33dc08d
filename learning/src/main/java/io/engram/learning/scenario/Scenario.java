package io.engram.learning.scenario;

import io.engram.learning.dataset.Dataset;
import io.engram.learning.dataset.SampleItems;
import io.engram.learning.dataset.Samples;
import io.engram.learning.setting.Violation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A data set split into a sequence of tasks. Classes get dense ids, the columns of the head: where tasks bring classes, in the
 * order in which they arrive, so that the class offset of a task is the number of classes seen before it; in a
 * domain-incremental scenario by their place in their task.
 */
public final class Scenario {
    /** Dense id and task of a class that takes no part. */
    private static final int ABSENT = -1;

    private final Dataset dataset;
    private final ScenarioForm form;
    private final List<Task> tasks;
    private final int[] denseIds;
    private final int[] taskOfClass;

    private Scenario(Dataset dataset, ScenarioForm form, List<List<Integer>> labelsByTask) {
        this.dataset = dataset;
        this.form = form;
        denseIds = absentForEach(dataset.description().classes());
        taskOfClass = absentForEach(dataset.description().classes());
        int next = 0;
        for (int task = 0; task < labelsByTask.size(); task++) {
            List<Integer> labels = labelsByTask.get(task);
            for (int place = 0; place < labels.size(); place++) {
                denseIds[labels.get(place)] = form.kind().bringsClasses() ? next + place : place;
                taskOfClass[labels.get(place)] = form.shift().isPresent() ? 0 : task;
            }
            next += labels.size();
        }
        int[][] train = rowsByTask(dataset.train(), labelsByTask.size());
        int[][] test = rowsByTask(dataset.test(), labelsByTask.size());
        tasks = IntStream.range(0, labelsByTask.size())
                .mapToObj(t -> new Task(
                        t,
                        labelsByTask.get(t),
                        train[form.shift().isPresent() ? 0 : t],
                        test[form.shift().isPresent() ? 0 : t]))
                .toList();
    }

    private static int[] absentForEach(List<?> classes) {
        int[] values = new int[classes.size()];
        Arrays.fill(values, ABSENT);
        return values;
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
        Scenario scenario = new Scenario(dataset, spec.form(), labels);
        labels.stream().flatMap(List::stream).distinct().forEach(label -> scenario.requireSamples(label, violations));
        return scenario;
    }

    /**
     * The scenario of a model that was trained on it.
     *
     * @param labelsByTask original labels of each task
     */
    public static Scenario of(Dataset dataset, ScenarioForm form, List<List<Integer>> labelsByTask) {
        return new Scenario(dataset, form, labelsByTask);
    }

    public Dataset dataset() {
        return dataset;
    }

    public ScenarioForm form() {
        return form;
    }

    public List<Task> tasks() {
        return tasks;
    }

    /** Dense id of an original label: the column of the class in the head. */
    public int denseId(int label) {
        return denseIds[label];
    }

    /** Columns of the head once the tasks 0 to {@code task} came by. */
    public int classesUpTo(int task) {
        IntStream sizes =
                tasks.subList(0, task + 1).stream().mapToInt(t -> t.labels().size());
        return form.kind().bringsClasses() ? sizes.sum() : sizes.max().orElse(0);
    }

    /** What a task is trained on. */
    public TaskSamples training(Task task) {
        return samples(dataset.train(), task, task.trainRows());
    }

    /** What a task is tested on. */
    public TaskSamples test(Task task) {
        return samples(dataset.test(), task, task.testRows());
    }

    /** What the tasks 0 to {@code last} are trained on. */
    public TaskSamples trainingUpTo(Task last) {
        List<Task> soFar = tasks.subList(0, last.index() + 1);
        if (form.shift().isEmpty()) {
            int[] rows = soFar.stream()
                    .flatMapToInt(t -> Arrays.stream(t.trainRows()))
                    .toArray();
            return new TaskSamples(dataset.train(), denseIds(dataset.train()), tasksOf(dataset.train()), rows);
        }
        return joined(soFar.stream().map(this::training).toList());
    }

    private TaskSamples samples(Samples shared, Task task, int[] rows) {
        if (form.shift().isEmpty()) {
            return new TaskSamples(shared, denseIds(shared), tasksOf(shared), rows);
        }
        Samples shifted = form.shift()
                .get()
                .apply(shared, task.index(), dataset.description().sampleShape());
        int[] tasksOfRows = new int[shared.size()];
        Arrays.fill(tasksOfRows, task.index());
        return new TaskSamples(shifted, denseIds(shared), tasksOfRows, rows);
    }

    /** One set after another. */
    private static TaskSamples joined(List<TaskSamples> parts) {
        int size = parts.stream().mapToInt(part -> part.samples().size()).sum();
        SampleItems items = parts.get(0).samples().items().another(size);
        List<Integer> rows = new ArrayList<>();
        int offset = 0;
        for (TaskSamples part : parts) {
            items.put(offset, part.samples().items());
            for (int row : part.rows()) {
                rows.add(offset + row);
            }
            offset += part.samples().size();
        }
        return new TaskSamples(
                new Samples(items, flat(parts, part -> part.samples().labels())),
                flat(parts, TaskSamples::classes),
                flat(parts, TaskSamples::tasks),
                rows.stream().mapToInt(Integer::intValue).toArray());
    }

    private static int[] flat(List<TaskSamples> parts, Function<TaskSamples, int[]> values) {
        return parts.stream().map(values).flatMapToInt(Arrays::stream).toArray();
    }

    /** Dense ids of samples, row by row; -1 for classes that take no part. */
    public int[] denseIds(Samples samples) {
        return Arrays.stream(samples.labels()).map(label -> denseIds[label]).toArray();
    }

    /** Tasks that bring the classes of samples, row by row; -1 for classes that take no part. */
    public int[] tasksOf(Samples samples) {
        return Arrays.stream(samples.labels()).map(label -> taskOfClass[label]).toArray();
    }

    private void requireSamples(int label, List<Violation> violations) {
        requireSamples(dataset.train(), label, "training", violations);
        requireSamples(dataset.test(), label, "test", violations);
    }

    private void requireSamples(Samples samples, int label, String part, List<Violation> violations) {
        if (Arrays.stream(samples.labels()).noneMatch(l -> l == label)) {
            violations.add(new Violation(
                    form.shift().isPresent() ? "scenario.dataset" : form.path() + ".class_order",
                    "class " + label,
                    "classes with " + part + " samples in " + dataset.name()));
        }
    }

    /** One pass over the labels, however many tasks there are. */
    private int[][] rowsByTask(Samples samples, int count) {
        int[] counts = new int[count];
        for (int label : samples.labels()) {
            if (taskOfClass[label] != ABSENT) {
                counts[taskOfClass[label]]++;
            }
        }
        int[][] rows = new int[count][];
        for (int task = 0; task < count; task++) {
            rows[task] = new int[counts[task]];
        }
        int[] filled = new int[count];
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
