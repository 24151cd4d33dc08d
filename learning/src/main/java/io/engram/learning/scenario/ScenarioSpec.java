package io.engram.learning.scenario;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A data set split into a sequence of tasks, as it was asked for. With neither {@code tasks} nor {@code classesPerTask}, tasks
 * have two classes. Where the classes do not divide evenly, the last task is smaller. Where tasks show the same samples in
 * another look, each has all classes, and there are ten tasks unless said otherwise.
 *
 * @param dataset a name of {@link io.engram.learning.dataset.Datasets}
 * @param form how the tasks relate
 * @param firstTaskClasses classes of the first task; as many as the others when left out
 * @param classesPerTask classes of each further task; what is left divided by the tasks that are left, rounded up, when
 *     left out
 * @param tasks number of tasks, 1 to 1000; as many as the classes give when left out
 * @param classOrder the order in which classes arrive
 * @param augmentation names of {@link io.engram.learning.augmentation.Augmentation#NAMES}: what training images are changed
 *     by at random; they stay as they are when empty
 */
public record ScenarioSpec(
        String dataset,
        ScenarioForm form,
        OptionalInt firstTaskClasses,
        OptionalInt classesPerTask,
        OptionalInt tasks,
        ClassOrder classOrder,
        List<String> augmentation) {

    public ScenarioSpec {
        augmentation = List.copyOf(augmentation);
        Objects.requireNonNull(dataset, "dataset");
        Objects.requireNonNull(form, "form");
        Objects.requireNonNull(classOrder, "classOrder");
    }

    /** Training images stay as they are. */
    public ScenarioSpec(
            String dataset,
            ScenarioForm form,
            OptionalInt firstTaskClasses,
            OptionalInt classesPerTask,
            OptionalInt tasks,
            ClassOrder classOrder) {
        this(dataset, form, firstTaskClasses, classesPerTask, tasks, classOrder, List.of());
    }

    /** A class-incremental one, whose training images stay as they are. */
    public ScenarioSpec(
            String dataset,
            OptionalInt firstTaskClasses,
            OptionalInt classesPerTask,
            OptionalInt tasks,
            ClassOrder classOrder) {
        this(dataset, ScenarioForm.CLASS_INCREMENTAL, firstTaskClasses, classesPerTask, tasks, classOrder);
    }

    public static ScenarioSpec classIncremental(String dataset, int classesPerTask) {
        return new ScenarioSpec(
                dataset,
                OptionalInt.empty(),
                OptionalInt.of(classesPerTask),
                OptionalInt.empty(),
                new ClassOrder.Ascending());
    }

    /** The same with its tasks related in another way. */
    public ScenarioSpec withForm(ScenarioForm other) {
        return new ScenarioSpec(dataset, other, firstTaskClasses, classesPerTask, tasks, classOrder, augmentation);
    }

    /** The same with training images changed at random. */
    public ScenarioSpec withAugmentation(List<String> names) {
        return new ScenarioSpec(dataset, form, firstTaskClasses, classesPerTask, tasks, classOrder, names);
    }
}
