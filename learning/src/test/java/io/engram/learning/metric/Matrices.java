package io.engram.learning.metric;

import java.util.ArrayList;
import java.util.List;

/** Accuracy matrices from percentages. */
final class Matrices {
    /** Test samples of a task: a percentage of two decimals is then a whole number of samples. */
    static final int TOTAL = 10_000;

    private Matrices() {}

    static AccuracyMatrix ofPercent(double[]... rows) {
        List<List<TaskScore>> scores = new ArrayList<>();
        for (double[] row : rows) {
            List<TaskScore> ofRow = new ArrayList<>();
            for (double percent : row) {
                ofRow.add(new TaskScore(ofRow.size(), Math.round(percent * TOTAL / 100), TOTAL));
            }
            scores.add(ofRow);
        }
        return new AccuracyMatrix(scores);
    }

    static double[] row(double... percent) {
        return percent;
    }
}
