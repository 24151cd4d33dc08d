package io.engram.learning.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every matrix by the definitions. */
class MetricsPropertyTest {

    /** Half a unit in the last decimal shown, and a little for binary sums. */
    private static final double ROUNDING = 0.005 + 1e-9;

    @Property(tries = 300)
    void forgettingIsAtLeastMinusBackwardTransfer(@ForAll("matrices") AccuracyMatrix matrix) {
        // the best accuracy is at least the first one
        assertThat(Metrics.forgetting(matrix).orElseThrow())
                .isGreaterThanOrEqualTo(-Metrics.backwardTransfer(matrix).orElseThrow());
    }

    @Property(tries = 300)
    void averagesLieBetweenTheSmallestAndTheLargestAccuracy(@ForAll("matrices") AccuracyMatrix matrix) {
        double smallest = 100;
        double largest = 0;
        for (List<TaskScore> row : matrix.rows()) {
            for (TaskScore score : row) {
                smallest = Math.min(smallest, score.accuracy());
                largest = Math.max(largest, score.accuracy());
            }
        }

        assertThat(List.of(
                        Metrics.averageAccuracy(matrix).orElseThrow(),
                        Metrics.averageIncrementalAccuracy(matrix).orElseThrow(),
                        Metrics.learningAccuracy(matrix).orElseThrow()))
                .allMatch(new Between(smallest, largest)::holds);
    }

    @Property(tries = 300)
    void backwardTransferExplainsTheGapBetweenAverageAndLearningAccuracy(@ForAll("matrices") AccuracyMatrix matrix) {
        // (T+1) (A_T - LA) = sum over j <= T of a(T,j) - a(j,j) = T BWT, since the last term is 0
        int tasks = matrix.size();
        double gap = Metrics.averageAccuracy(matrix).orElseThrow()
                - Metrics.learningAccuracy(matrix).orElseThrow();

        assertThat(tasks * gap)
                .isCloseTo(
                        (tasks - 1) * Metrics.backwardTransfer(matrix).orElseThrow(),
                        within((2 * tasks + tasks - 1) * ROUNDING));
    }

    @Provide
    Arbitrary<AccuracyMatrix> matrices() {
        return Arbitraries.integers().between(2, 6).flatMap(tasks -> Arbitraries.longs()
                .between(0, 997)
                .list()
                .ofSize(tasks * (tasks + 1) / 2)
                .map(counts -> matrix(tasks, counts)));
    }

    private static AccuracyMatrix matrix(int tasks, List<Long> counts) {
        List<List<TaskScore>> rows = new ArrayList<>();
        int next = 0;
        for (int t = 0; t < tasks; t++) {
            List<TaskScore> row = new ArrayList<>();
            for (int j = 0; j <= t; j++) {
                row.add(new TaskScore(j, counts.get(next++), 997));
            }
            rows.add(row);
        }
        return new AccuracyMatrix(rows);
    }

    private record Between(double smallest, double largest) {
        boolean holds(double value) {
            return smallest <= value && value <= largest;
        }
    }
}
