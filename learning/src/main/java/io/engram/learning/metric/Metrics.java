package io.engram.learning.metric;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Figures of the literature, derived from an {@link AccuracyMatrix}. All in percent or percentage points; each value is
 * computed from the accuracies as they are shown (two decimals), so that anyone can check it from the matrix, and rounded
 * to two decimals, half away from zero. Absent where undefined. {@code a(t, j)} and {@code T} as in {@link AccuracyMatrix}, tasks from 0.
 */
public final class Metrics {

    private Metrics() {}

    /**
     * Average accuracy after the last task: the mean over tasks, not weighted by images,
     * {@code A_T = 1/(T+1) sum_{j=0..T} a(T, j)} (Lopez-Paz and Ranzato 2017, "Gradient Episodic Memory for Continual
     * Learning", ACC). Undefined before the first task.
     */
    public static OptionalDouble averageAccuracy(AccuracyMatrix matrix) {
        int last = matrix.size() - 1;
        return last < 0 ? OptionalDouble.empty() : OptionalDouble.of(averageAccuracy(matrix, last));
    }

    /** Average accuracy after task {@code t}: {@code A_t = 1/(t+1) sum_{j=0..t} a(t, j)}. */
    public static double averageAccuracy(AccuracyMatrix matrix, int t) {
        return mean(t + 1, j -> exact(matrix, t, j));
    }

    /** Average accuracy of one row: the mean of its scores' accuracies. */
    public static double averageAccuracy(List<TaskScore> row) {
        return mean(row.size(), j -> BigDecimal.valueOf(row.get(j).accuracy()));
    }

    /**
     * Average incremental accuracy: {@code 1/(T+1) sum_{t=0..T} A_t} (Rebuffi et al. 2017, "iCaRL: Incremental Classifier
     * and Representation Learning", section 4). Undefined before the first task.
     */
    public static OptionalDouble averageIncrementalAccuracy(AccuracyMatrix matrix) {
        return matrix.size() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(mean(matrix.size(), t -> exactMean(t + 1, j -> exact(matrix, t, j))));
    }

    /**
     * Forgetting: {@code F_T = 1/T sum_{j=0..T-1} (max_{l=j..T-1} a(l, j) - a(T, j))} (Chaudhry et al. 2018, "Riemannian
     * Walk for Incremental Learning: Understanding Forgetting and Intransigence", equation 3). Negative where a task got
     * better than it ever was. Undefined before the second task.
     */
    public static OptionalDouble forgetting(AccuracyMatrix matrix) {
        return forgetting(matrix, matrix.size() - 1);
    }

    /** Forgetting after task {@code t}; undefined for {@code t < 1}. */
    public static OptionalDouble forgetting(AccuracyMatrix matrix, int t) {
        return t < 1
                ? OptionalDouble.empty()
                : OptionalDouble.of(mean(t, j -> best(matrix, j, t).subtract(exact(matrix, t, j))));
    }

    /**
     * Backward transfer: {@code BWT = 1/T sum_{j=0..T-1} (a(T, j) - a(j, j))} (Lopez-Paz and Ranzato 2017, equation 3).
     * It is not minus {@link #forgetting}, which looks at the best accuracy. Undefined before the second task.
     */
    public static OptionalDouble backwardTransfer(AccuracyMatrix matrix) {
        int last = matrix.size() - 1;
        return last < 1
                ? OptionalDouble.empty()
                : OptionalDouble.of(mean(last, j -> exact(matrix, last, j).subtract(exact(matrix, j, j))));
    }

    /**
     * Learning accuracy: {@code LA = 1/(T+1) sum_{j=0..T} a(j, j)} (Riemer et al. 2019, "Learning to Learn without
     * Forgetting by Maximizing Transfer and Minimizing Interference", section 5). Undefined before the first task.
     */
    public static OptionalDouble learningAccuracy(AccuracyMatrix matrix) {
        return matrix.size() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(mean(matrix.size(), j -> exact(matrix, j, j)));
    }

    private static BigDecimal best(AccuracyMatrix matrix, int j, int before) {
        return IntStream.range(j, before)
                .mapToObj(l -> exact(matrix, l, j))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Decimal, because binary differences and sums of two-decimal numbers round the wrong way at ties. */
    private static BigDecimal exact(AccuracyMatrix matrix, int t, int j) {
        return BigDecimal.valueOf(matrix.accuracy(t, j));
    }

    private static double mean(int count, IntFunction<BigDecimal> value) {
        return exactMean(count, value).setScale(2, RoundingMode.HALF_UP).doubleValue();
    }

    private static BigDecimal exactMean(int count, IntFunction<BigDecimal> value) {
        return IntStream.range(0, count)
                .mapToObj(value)
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .divide(BigDecimal.valueOf(count), 12, RoundingMode.HALF_UP);
    }
}
