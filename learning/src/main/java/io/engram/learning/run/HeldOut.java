package io.engram.learning.run;

import io.engram.learning.method.Method;
import io.engram.learning.method.TrainingScope;
import io.engram.learning.scenario.Scenario;
import io.engram.learning.scenario.Task;
import io.engram.learning.scenario.TaskSamples;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The samples of a task, split into those that are trained on and those that a method keeps from training: the first of each
 * class, but never all of one.
 *
 * @param trained what the task is trained on
 * @param kept what is kept
 */
record HeldOut(TaskSamples trained, TaskSamples kept) {

    /** @param capacity samples that the run may remember in all */
    static HeldOut of(Method method, int capacity, Scenario scenario, Task task) {
        if (method.scope() == TrainingScope.ALL_TASKS_SO_FAR) {
            return none(scenario.trainingUpTo(task));
        }
        return split(scenario.training(task), perClass(method, capacity, scenario, task));
    }

    static HeldOut none(TaskSamples all) {
        return split(all, 0);
    }

    private static HeldOut split(TaskSamples all, int perClass) {
        Map<Integer, Integer> left = new HashMap<>();
        Arrays.stream(all.rows()).forEach(row -> left.merge(all.classes()[row], 1, Integer::sum));
        left.replaceAll((label, count) -> Math.min(perClass, count - 1));
        boolean[] keeps = new boolean[all.classes().length];
        for (int row : all.rows()) {
            keeps[row] = left.merge(all.classes()[row], -1, Integer::sum) >= 0;
        }
        return new HeldOut(rows(all, keeps, false), rows(all, keeps, true));
    }

    /** How many samples of a task are kept. */
    static int count(Method method, int capacity, Scenario scenario, Task task) {
        boolean none = perClass(method, capacity, scenario, task) == 0;
        return none ? 0 : of(method, capacity, scenario, task).kept().rows().length;
    }

    private static int perClass(Method method, int capacity, Scenario scenario, Task task) {
        int old = task.index() == 0 ? 0 : scenario.classesUpTo(task.index() - 1);
        return method.heldOut(capacity, old, task.labels().size());
    }

    private static TaskSamples rows(TaskSamples all, boolean[] keeps, boolean kept) {
        int[] rows = Arrays.stream(all.rows()).filter(row -> keeps[row] == kept).toArray();
        return new TaskSamples(all.samples(), all.classes(), all.tasks(), rows);
    }
}
