package io.engram.learning.metric;

import static io.engram.learning.metric.Matrices.ofPercent;
import static io.engram.learning.metric.Matrices.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccuracyMatrixTest {

    @Test
    void aCellIsTheAccuracyAfterTheRowsTaskOnTheColumnsTask() {
        AccuracyMatrix matrix = ofPercent(row(90), row(80, 70));

        assertThat(matrix.size()).isEqualTo(2);
        assertThat(matrix.accuracy(1, 0)).isEqualTo(80);
        assertThat(matrix.accuracy(1, 1)).isEqualTo(70);
    }

    @Test
    void aRowWithTooFewScoresIsRefused() {
        assertThatThrownBy(() -> ofPercent(row(90), row(80)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row 1 must hold 2 scores, but holds 1");
    }

    @Test
    void scoresInAnotherOrderThanTheTasksAreRefused() {
        List<List<TaskScore>> rows =
                List.of(List.of(new TaskScore(0, 1, 1)), List.of(new TaskScore(1, 1, 1), new TaskScore(0, 1, 1)));

        assertThatThrownBy(() -> new AccuracyMatrix(rows))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("row 1 holds the score of task 1 where that of task 0 belongs");
    }

    @Test
    void theMatrixDoesNotFollowTheListItWasMadeFrom() {
        List<List<TaskScore>> rows = new ArrayList<>(List.of(List.of(new TaskScore(0, 1, 1))));
        AccuracyMatrix matrix = new AccuracyMatrix(rows);

        rows.clear();

        assertThat(matrix.size()).isEqualTo(1);
    }

    /** By hand: 100/3 = 33.33.., 200/3 = 66.66.., 100/800 = 0.125, 500/800 = 0.625, 100/1600 = 0.0625. */
    @ParameterizedTest
    @CsvSource({"1, 3, 33.33", "2, 3, 66.67", "1, 800, 0.13", "5, 800, 0.63", "1, 1600, 0.06", "0, 7, 0", "7, 7, 100"})
    void accuracyIsRoundedHalfUpToTwoDecimals(long correct, long total, double percent) {
        assertThat(new TaskScore(0, correct, total).accuracy()).isEqualTo(percent);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-1, 10", "11, 10"})
    void impossibleCountsAreRefused(long correct, long total) {
        assertThatThrownBy(() -> new TaskScore(0, correct, total))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "correct must be 0 to total and total at least 1, but they are " + correct + " and " + total);
    }
}
