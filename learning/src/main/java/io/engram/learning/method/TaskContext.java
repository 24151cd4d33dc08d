package io.engram.learning.method;

import io.engram.learning.memory.ReplayMemory;
import io.engram.learning.scenario.Task;
import io.engram.learning.scenario.TestLoader;
import io.engram.learning.scenario.TrainLoader;
import java.util.List;
import java.util.Optional;

/**
 * What a method may look at around a task.
 *
 * @param task the task
 * @param memory the replay memory; empty for methods without replay and for a capacity of 0
 * @param exemplars what of the memory is the method's decision
 * @param trainLoader the samples that the task is trained on
 * @param heldOut samples of the task that the method keeps from training
 * @param testLoaders test samples of the tasks 0 to this one
 * @param functions the functions of the method's text
 */
public record TaskContext(
        Task task,
        Optional<ReplayMemory> memory,
        Exemplars exemplars,
        TrainLoader trainLoader,
        TrainLoader heldOut,
        List<TestLoader> testLoaders,
        MethodFunctions functions) {

    public TaskContext {
        testLoaders = List.copyOf(testLoaders);
    }
}
