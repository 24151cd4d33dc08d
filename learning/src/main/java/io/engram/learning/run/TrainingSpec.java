package io.engram.learning.run;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * How long and in what batches each task is trained.
 *
 * @param epochs passes over the data of each task, 1 to 10000; 1 when left out
 * @param batchSize new samples in a step, 1 to 65536; 64 when left out
 * @param resetOptimizer whether the optimiser's state is forgotten when a task begins; false when left out
 */
public record TrainingSpec(OptionalInt epochs, OptionalInt batchSize, Optional<Boolean> resetOptimizer) {

    public static TrainingSpec defaults() {
        return new TrainingSpec(OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
    }
}
