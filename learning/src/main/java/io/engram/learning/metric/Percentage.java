package io.engram.learning.metric;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** A share as every figure shows it. */
final class Percentage {
    private Percentage() {}

    /**
     * Percent, rounded half up to two decimals from the exact quotient.
     *
     * @param total at least 1
     */
    static double of(long part, long total) {
        return BigDecimal.valueOf(100 * part)
                .divide(BigDecimal.valueOf(total), 2, RoundingMode.HALF_UP)
                .doubleValue();
    }
}
