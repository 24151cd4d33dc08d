package io.engram.learning.metric;

import java.util.List;

/**
 * Accuracy of the model after each task on each task seen so far, as integer counts; every figure is derived from it.
 * Below, {@code a(t, j)} is the accuracy in percent after task {@code t} on task {@code j <= t}, and {@code T} the last
 * row.
 *
 * @param rows row {@code t} holds the scores of the tasks 0 to {@code t}
 */
public record AccuracyMatrix(List<List<TaskScore>> rows) {

    public AccuracyMatrix {
        rows = rows.stream().map(List::copyOf).toList();
        for (int t = 0; t < rows.size(); t++) {
            if (rows.get(t).size() != t + 1) {
                throw new IllegalArgumentException("row " + t + " must hold " + (t + 1) + " scores, but holds "
                        + rows.get(t).size());
            }
            for (int j = 0; j <= t; j++) {
                if (rows.get(t).get(j).taskIndex() != j) {
                    throw new IllegalArgumentException("row " + t + " holds the score of task "
                            + rows.get(t).get(j).taskIndex() + " where that of task " + j + " belongs");
                }
            }
        }
    }

    /** Number of rows: tasks after which the model was scored. */
    public int size() {
        return rows.size();
    }

    /** {@code a(t, j)} in percent, rounded to two decimals. */
    public double accuracy(int t, int j) {
        return rows.get(t).get(j).accuracy();
    }
}
