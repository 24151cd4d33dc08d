package io.engram.learning.metric;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * How often each true class was predicted as each class, as exact counts of test samples; right answers are on the diagonal.
 * Its size is the square of the number of classes: 200 classes have 40 000 counts.
 *
 * @param classes rows, and columns, at least 1
 * @param counts 0 or more, {@code [classes, classes]} row by row: the row is the true class, the column the predicted one
 */
public record ConfusionMatrix(int classes, long[] counts) {

    /** Copies the counts. */
    public ConfusionMatrix {
        if (classes < 1 || counts.length != Math.multiplyExact(classes, classes)) {
            throw new IllegalArgumentException("classes must be at least 1 and counts their square, but they are "
                    + classes + " and " + counts.length);
        }
        if (Arrays.stream(counts).anyMatch(count -> count < 0)) {
            throw new IllegalArgumentException("counts must be 0 or more, but there is "
                    + Arrays.stream(counts).min().getAsLong());
        }
        counts = counts.clone();
    }

    /** A copy of the counts, row by row. */
    @Override
    public long[] counts() {
        return counts.clone();
    }

    /** Test samples of class {@code row} that were predicted as class {@code column}. */
    public long count(int row, int column) {
        return counts[row * classes + column];
    }

    /** Test samples of all classes that were classified right: the sum of the diagonal. */
    public long correct() {
        return IntStream.range(0, classes).mapToLong(this::correct).sum();
    }

    /** Test samples of class {@code row} that were classified right. */
    public long correct(int row) {
        return count(row, row);
    }

    /** Test samples of all classes. */
    public long total() {
        return LongStream.of(counts).sum();
    }

    /** Test samples of class {@code row}. */
    public long total(int row) {
        return Arrays.stream(counts, row * classes, (row + 1) * classes).sum();
    }

    /**
     * For each class the share of its test samples that were classified right (its recall), percent, rounded as {@link
     * TaskScore#accuracy}; absent where the class has no test sample.
     */
    public List<OptionalDouble> perClassAccuracy() {
        return IntStream.range(0, classes).mapToObj(this::accuracy).toList();
    }

    private OptionalDouble accuracy(int row) {
        long total = total(row);
        return total == 0 ? OptionalDouble.empty() : OptionalDouble.of(Percentage.of(correct(row), total));
    }

    /** By the values of the counts. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ConfusionMatrix matrix && Arrays.equals(counts, matrix.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return "ConfusionMatrix[classes=" + classes + ", counts=" + Arrays.toString(counts) + "]";
    }
}
