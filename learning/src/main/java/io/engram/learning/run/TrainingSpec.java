package io.engram.learning.run;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * How long and in what batches each task is trained.
 *
 * @param epochs passes over the data of each task, 1 to 10000; 1 when left out
 * @param firstTaskEpochs passes over the data of the first task, 1 to 10000; {@code epochs} when left out
 * @param stepsPerTask steps of each task in place of epochs, 1 to 10000000; where the data of a task are through, they come
 *     again in another order
 * @param batchSize new samples in a step, 1 to 65536; 64 when left out
 * @param resetOptimizer whether the optimiser's state is forgotten when a task begins; false when left out
 * @param checkpointSteps steps of the run from one checkpoint within a task to the next, 1 to 10000000; none when left out
 * @param checkpointEpochs epochs of a task from one checkpoint within it to the next, 1 to 10000; none when left out
 */
public record TrainingSpec(
        OptionalInt epochs,
        OptionalInt firstTaskEpochs,
        OptionalInt stepsPerTask,
        OptionalInt batchSize,
        Optional<Boolean> resetOptimizer,
        OptionalInt checkpointSteps,
        OptionalInt checkpointEpochs) {

    /** Without checkpoints within a task. */
    public TrainingSpec(
            OptionalInt epochs,
            OptionalInt firstTaskEpochs,
            OptionalInt stepsPerTask,
            OptionalInt batchSize,
            Optional<Boolean> resetOptimizer) {
        this(
                epochs,
                firstTaskEpochs,
                stepsPerTask,
                batchSize,
                resetOptimizer,
                OptionalInt.empty(),
                OptionalInt.empty());
    }

    /** The same number of epochs for every task. */
    public TrainingSpec(OptionalInt epochs, OptionalInt batchSize, Optional<Boolean> resetOptimizer) {
        this(epochs, OptionalInt.empty(), OptionalInt.empty(), batchSize, resetOptimizer);
    }

    public static TrainingSpec defaults() {
        return new TrainingSpec(OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
    }

    /** The same, with checkpoints within tasks. */
    TrainingSpec withCheckpoints(OptionalInt everySteps, OptionalInt everyEpochs) {
        return new TrainingSpec(
                epochs, firstTaskEpochs, stepsPerTask, batchSize, resetOptimizer, everySteps, everyEpochs);
    }

    /**
     * Passes over the data of a task in a completed spec, the last perhaps not whole.
     *
     * @param batches batches of one epoch
     */
    int epochs(int task, int batches) {
        if (stepsPerTask.isPresent()) {
            return (stepsPerTask.getAsInt() + batches - 1) / batches;
        }
        return task == 0 && firstTaskEpochs.isPresent() ? firstTaskEpochs.getAsInt() : epochs.orElseThrow();
    }

    /** Steps of a task in a completed spec. */
    long steps(int task, int batches) {
        return stepsPerTask.isPresent() ? stepsPerTask.getAsInt() : (long) batches * epochs(task, batches);
    }
}
