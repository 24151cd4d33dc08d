package io.engram.learning.metric;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Figures of the literature, derived from an {@link AccuracyMatrix}, and for some from another or from {@link NextTaskScore}s. All in percent or percentage points; each value is
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
        return mean(row.size(), j -> exact(row.get(j)));
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

    /**
     * Forward transfer: {@code FWT = 1/T sum_{j=1..T} (a(j-1, j) - b(j))}, where {@code a(j-1, j)} is the accuracy on a task
     * before it is learned and {@code b(j)} that of the network with its initial values (Lopez-Paz and Ranzato 2017, equation
     * 4). Only a domain-incremental scenario has these: elsewhere the head has no column yet for the classes of the next task.
     *
     * @param scores on the tasks 1 to {@code T}, each before it was learned
     * @return empty before the second task, and where a score of the untrained network is missing
     */
    public static OptionalDouble forwardTransfer(List<NextTaskScore> scores) {
        return scores.isEmpty()
                        || scores.stream().anyMatch(score -> score.untrained().isEmpty())
                ? OptionalDouble.empty()
                : OptionalDouble.of(mean(scores.size(), j -> exact(scores.get(j).score())
                        .subtract(exact(scores.get(j).untrained().orElseThrow()))));
    }

    /**
     * Intransigence: {@code I = 1/(T+1) sum_{k=0..T} (a*(k, k) - a(k, k))}, the mean over tasks of {@code I_k} (Chaudhry et al.
     * 2018, equation 5), where {@code a*} is of a reference that was trained on the data of the tasks 0 to {@code k} together.
     * Negative where a task was learned better than by the reference. Over the tasks that both have; undefined without one.
     *
     * @param reference of a run of the same scenario
     */
    public static OptionalDouble intransigence(AccuracyMatrix matrix, AccuracyMatrix reference) {
        int tasks = Math.min(matrix.size(), reference.size());
        return tasks == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(mean(tasks, k -> exact(reference, k, k).subtract(exact(matrix, k, k))));
    }

    /**
     * Stability: {@code S = 1/T sum_{j=0..T-1} a(T, j)}, the average accuracy on all tasks but the last (Sarfraz, Arani and
     * Zonooz 2022, "SYNERgy between SYNaptic consolidation and Experience Replay for general continual learning"). Plasticity
     * in their sense is {@link #learningAccuracy}. Undefined before the second task.
     */
    public static OptionalDouble stability(AccuracyMatrix matrix) {
        int last = matrix.size() - 1;
        return last < 1 ? OptionalDouble.empty() : OptionalDouble.of(mean(last, j -> exact(matrix, last, j)));
    }

    /**
     * The trade-off between stability and plasticity: their harmonic mean {@code 2 S P / (S + P)}, neither rounded before
     * (Sarfraz, Arani and Zonooz 2022). Undefined before the second task, and where both are 0.
     */
    public static OptionalDouble stabilityPlasticityTradeOff(AccuracyMatrix matrix) {
        int last = matrix.size() - 1;
        if (last < 1) {
            return OptionalDouble.empty();
        }
        // With S = s/T and P = p/(T+1), 2 S P / (S + P) is 2 s p / (s (T+1) + p T): one division.
        BigDecimal s = sum(last, j -> exact(matrix, last, j));
        BigDecimal p = sum(last + 1, j -> exact(matrix, j, j));
        BigDecimal divisor = s.multiply(BigDecimal.valueOf(last + 1L)).add(p.multiply(BigDecimal.valueOf(last)));
        return divisor.signum() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(BigDecimal.valueOf(2)
                        .multiply(s)
                        .multiply(p)
                        .divide(divisor, 2, RoundingMode.HALF_UP)
                        .doubleValue());
    }

    private static BigDecimal best(AccuracyMatrix matrix, int j, int before) {
        return IntStream.range(j, before)
                .mapToObj(l -> exact(matrix, l, j))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Decimal, because binary differences and sums of two-decimal numbers round the wrong way at ties. */
    private static BigDecimal exact(AccuracyMatrix matrix, int t, int j) {
        return exact(matrix.rows().get(t).get(j));
    }

    private static BigDecimal exact(TaskScore score) {
        return BigDecimal.valueOf(score.accuracy());
    }

    private static double mean(int count, IntFunction<BigDecimal> value) {
        return exactMean(count, value).setScale(2, RoundingMode.HALF_UP).doubleValue();
    }

    private static BigDecimal exactMean(int count, IntFunction<BigDecimal> value) {
        return sum(count, value).divide(BigDecimal.valueOf(count), 12, RoundingMode.HALF_UP);
    }

    private static BigDecimal sum(int count, IntFunction<BigDecimal> value) {
        return IntStream.range(0, count).mapToObj(value).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
