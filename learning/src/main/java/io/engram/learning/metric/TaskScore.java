package io.engram.learning.metric;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a model did on the test set of one task.
 *
 * @param taskIndex 0-based
 * @param correct test samples classified right, in the way the scenario asks for
 * @param total test samples, at least 1
 * @param taskAgnostic how many are right when the model chooses among all classes seen so far; absent where tasks bring no
 *     classes of their own
 * @param taskAware how many are right when the model is told the task and chooses among its classes; absent likewise
 */
public record TaskScore(int taskIndex, long correct, long total, OptionalLong taskAgnostic, OptionalLong taskAware) {

    /** Where there is one way to count. */
    public TaskScore(int taskIndex, long correct, long total) {
        this(taskIndex, correct, total, OptionalLong.empty(), OptionalLong.empty());
    }

    public TaskScore {
        if (total < 1 || correct < 0 || correct > total) {
            throw new IllegalArgumentException(
                    "correct must be 0 to total and total at least 1, but they are " + correct + " and " + total);
        }
    }

    /** The score of a model that chooses among all classes seen so far; empty where there is one way to count. */
    public Optional<TaskScore> taskAgnosticScore() {
        return counted(taskAgnostic);
    }

    /** The score of a model that is told the task and chooses among its classes; empty where there is one way to count. */
    public Optional<TaskScore> taskAwareScore() {
        return counted(taskAware);
    }

    private Optional<TaskScore> counted(OptionalLong right) {
        return right.isPresent() ? Optional.of(new TaskScore(taskIndex, right.getAsLong(), total)) : Optional.empty();
    }

    /** Accuracy in percent, rounded half up to two decimals from the exact quotient. */
    public double accuracy() {
        return Percentage.of(correct, total);
    }
}
