package io.engram.learning.results;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A mean over seeds with its 95 % interval by Student's t distribution.
 *
 * @param half half the width of the interval; not a number with fewer than two values
 * @param deviation standard deviation of the values
 */
record Interval(double mean, double half, double deviation, int count) {
    /** 0.975 quantiles for 1, 2, … degrees of freedom (Fisher and Yates 1963, "Statistical Tables", table III). */
    private static final double[] QUANTILES = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
        2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042
    };

    static Interval of(List<Double> values) {
        int count = values.size();
        double mean = values.stream().mapToDouble(v -> v).average().orElseThrow();
        double squares =
                values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
        double deviation = Math.sqrt(squares / (count - 1));
        return new Interval(mean, quantile(count) * deviation / Math.sqrt(count), deviation, count);
    }

    /** Of a mean that is given with its standard error. */
    static Interval ofStandardError(double mean, double error, int count) {
        return new Interval(mean, quantile(count) * error, error * Math.sqrt(count), count);
    }

    private static double quantile(int count) {
        return count < 2 ? Double.NaN : QUANTILES[Math.min(count - 2, QUANTILES.length - 1)];
    }

    /** Half the width of the interval in which one more value lies with a probability of 95 %. */
    double halfForOneMore() {
        return half * Math.sqrt(count + 1.0);
    }

    /**
     * Whether the intervals meet. One value has none: it has to lie where one more of the others would.
     *
     * @return empty where both are one value
     */
    Optional<Boolean> meets(Interval other) {
        double distance = Math.abs(mean - other.mean);
        if (count > 1 && other.count > 1) {
            return Optional.of(distance <= half + other.half);
        }
        Interval many = count > 1 ? this : other;
        return many.count > 1 ? Optional.of(distance <= many.halfForOneMore()) : Optional.empty();
    }

    @Override
    public String toString() {
        return Double.isNaN(half)
                ? String.format(Locale.ROOT, "%.2f (1)", mean)
                : String.format(Locale.ROOT, "%.2f ± %.2f (%d)", mean, half, count);
    }
}
