package io.engram.learning.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {

    /** Of class 0 two of three are right, of class 1 one of eight, and class 2 has no test sample. */
    private static final ConfusionMatrix MATRIX = new ConfusionMatrix(3, new long[] {2, 0, 1, 4, 1, 3, 0, 0, 0});

    @Test
    void rowsAreTrueClassesAndColumnsPredictedOnes() {
        assertThat(MATRIX.count(0, 2)).isEqualTo(1);
        assertThat(MATRIX.count(1, 0)).isEqualTo(4);
        assertThat(MATRIX.total(1)).isEqualTo(4 + 1 + 3);
        assertThat(MATRIX.correct(1)).isEqualTo(1);
        assertThat(MATRIX.correct()).isEqualTo(2 + 1);
        assertThat(MATRIX.total()).isEqualTo(3 + 8);
    }

    @Test
    void accuracyOfAClassIsRoundedAsThatOfATask() {
        // 2/3 = 66.666...; 1/8 = 12.5
        assertThat(MATRIX.perClassAccuracy())
                .containsExactly(OptionalDouble.of(66.67), OptionalDouble.of(12.5), OptionalDouble.empty());
        // 1/32 = 3.125: half up
        assertThat(new ConfusionMatrix(2, new long[] {1, 31, 0, 1}).perClassAccuracy())
                .containsExactly(OptionalDouble.of(3.13), OptionalDouble.of(100));
        assertThat(new TaskScore(0, 1, 32).accuracy()).isEqualTo(3.13);
    }

    @Test
    void countsCannotBeChangedFromOutside() {
        long[] counts = {1, 0, 0, 1};
        ConfusionMatrix matrix = new ConfusionMatrix(2, counts);

        counts[0] = 5;
        matrix.counts()[3] = 5;

        assertThat(matrix).isEqualTo(new ConfusionMatrix(2, new long[] {1, 0, 0, 1}));
    }

    @Test
    void countsThatAreNoSquareOrNegativeAreRefused() {
        assertThatThrownBy(() -> new ConfusionMatrix(2, new long[3]))
                .hasMessage("classes must be at least 1 and counts their square, but they are 2 and 3");
        assertThatThrownBy(() -> new ConfusionMatrix(0, new long[0])).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> new ConfusionMatrix(1, new long[] {-1}))
                .hasMessage("counts must be 0 or more, but there is -1");
    }

    @Test
    void aModelsScoreIsOneWhoseDiagonalAgreesWithItsTasks() {
        ConfusionMatrix confusion = new ConfusionMatrix(2, new long[] {3, 1, 0, 2});
        List<List<Integer>> classes = List.of(List.of(0), List.of(1));

        assertThatThrownBy(() -> new ModelScore(List.of(new TaskScore(0, 4, 6)), classes, confusion))
                .hasMessage(
                        "the diagonal of the confusion matrix must sum to the 4 right answers of the tasks, but sums to 5");
        assertThatThrownBy(() -> new ModelScore(List.of(new TaskScore(0, 5, 6)), List.of(List.of(0)), confusion))
                .hasMessage("the confusion matrix must have a row for each of 1 classes, but has 2");
    }
}
