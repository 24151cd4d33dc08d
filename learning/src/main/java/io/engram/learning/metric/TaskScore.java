package io.engram.learning.metric;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How a model did on the test set of one task.
 *
 * @param taskIndex 0-based
 * @param correct test samples classified right
 * @param total test samples, at least 1
 */
public record TaskScore(int taskIndex, long correct, long total) {

    public TaskScore {
        if (total < 1 || correct < 0 || correct > total) {
            throw new IllegalArgumentException(
                    "correct must be 0 to total and total at least 1, but they are " + correct + " and " + total);
        }
    }

    /** Accuracy in percent, rounded half up to two decimals from the exact quotient. */
    public double accuracy() {
        return BigDecimal.valueOf(100 * correct)
                .divide(BigDecimal.valueOf(total), 2, RoundingMode.HALF_UP)
                .doubleValue();
    }
}
