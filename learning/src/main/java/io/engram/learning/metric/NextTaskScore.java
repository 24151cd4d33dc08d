package io.engram.learning.metric;

import java.util.Optional;

/**
 * How a model did on the test set of the task that comes next, which it has not learned, and how the network did on it before
 * any training. It is no part of the {@link AccuracyMatrix}.
 *
 * @param score of the model
 * @param untrained of the network with its initial values; absent where those came from a file
 */
public record NextTaskScore(TaskScore score, Optional<TaskScore> untrained) {

    public NextTaskScore {
        if (untrained
                .filter(other -> other.taskIndex() != score.taskIndex() || other.total() != score.total())
                .isPresent()) {
            throw new IllegalArgumentException(
                    "both scores must be on one test set, but they are " + score + " and " + untrained.get());
        }
    }
}
