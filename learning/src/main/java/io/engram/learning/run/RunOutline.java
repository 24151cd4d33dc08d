package io.engram.learning.run;

import io.engram.learning.dataset.Datasets;
import io.engram.learning.method.Method;
import io.engram.learning.method.Methods;
import io.engram.learning.scenario.Scenario;
import io.engram.learning.scenario.Task;
import io.engram.learning.scenario.TrainLoader;
import io.engram.learning.setting.Settings;
import java.util.ArrayList;
import java.util.List;

/**
 * How large a run is.
 *
 * @param tasks its tasks
 * @param totalSteps optimisation steps over all tasks; at most so many where tasks are trained on the memory, which may not be
 *     full
 */
public record RunOutline(List<Task> tasks, long totalSteps) {

    public RunOutline {
        tasks = List.copyOf(tasks);
    }

    static RunOutline of(RunSpec complete, Datasets datasets) {
        Scenario scenario = Scenario.split(
                complete.scenario(), datasets.load(complete.scenario().dataset()), new ArrayList<>());
        Method method = Methods.CATALOG
                .get(complete.method().name())
                .create(new Settings(complete.method().settings()));
        return of(complete, scenario, method);
    }

    static RunOutline of(RunSpec complete, Scenario scenario, Method method) {
        int batchSize = complete.training().batchSize().orElseThrow();
        int capacity = complete.memory().capacity().orElseThrow();
        long steps = 0;
        int samplesSoFar = 0;
        for (Task task : scenario.tasks()) {
            int ofTask = task.trainRows().length - HeldOut.count(method, capacity, scenario, task);
            samplesSoFar += ofTask;
            int samples =
                    switch (method.scope()) {
                        case CURRENT_TASK -> ofTask;
                        case ALL_TASKS_SO_FAR -> samplesSoFar;
                        case MEMORY -> Math.min(samplesSoFar, capacity);
                    };
            int batches = TrainLoader.batches(samples, batchSize);
            steps += complete.training().steps(task.index(), batches);
        }
        return new RunOutline(scenario.tasks(), steps);
    }
}
