package io.engram.learning.metric;

import static io.engram.learning.metric.Matrices.ofPercent;
import static io.engram.learning.metric.Matrices.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every figure against a calculation by hand. */
class MetricsTest {

    private static final AccuracyMatrix THREE_TASKS = ofPercent(row(90), row(95, 70), row(85, 60, 50));

    @Test
    void averageAccuracyIsTheMeanOfTheLastRow() {
        // (85 + 60 + 50) / 3 = 195 / 3 = 65
        assertThat(Metrics.averageAccuracy(THREE_TASKS)).hasValue(65.00);
    }

    @Test
    void averageAccuracyAfterAnEarlierTaskIsTheMeanOfItsRow() {
        // (95 + 70) / 2 = 82.5
        assertThat(Metrics.averageAccuracy(THREE_TASKS, 1)).isEqualTo(82.50);
    }

    @Test
    void averageAccuracyDoesNotWeightTasksByTheirImages() {
        // Given 1 of 2 right in task 0 and 300 of 300 in task 1: weighted by images it would be 301 / 302 = 99.67
        AccuracyMatrix matrix = new AccuracyMatrix(
                List.of(List.of(new TaskScore(0, 2, 2)), List.of(new TaskScore(0, 1, 2), new TaskScore(1, 300, 300))));

        // (50 + 100) / 2 = 75
        assertThat(Metrics.averageAccuracy(matrix)).hasValue(75.00);
    }

    @Test
    void averageIncrementalAccuracyIsTheMeanOfTheAveragesAfterEachTask() {
        // A_0 = 90, A_1 = 82.5, A_2 = 65; (90 + 82.5 + 65) / 3 = 237.5 / 3 = 79.1666...
        assertThat(Metrics.averageIncrementalAccuracy(THREE_TASKS)).hasValue(79.17);
    }

    @Test
    void averageIncrementalAccuracyDoesNotRoundTheAveragesFirst() {
        // A_0 = 0, A_1 = (0.01 + 0) / 2 = 0.005; (0 + 0.005) / 2 = 0.0025 -> 0.00
        // A_1 rounded first: (0 + 0.01) / 2 = 0.005 -> 0.01
        assertThat(Metrics.averageIncrementalAccuracy(ofPercent(row(0), row(0.01, 0))))
                .hasValue(0.00);
    }

    @Test
    void forgettingLooksAtTheBestAccuracyBeforeTheLastTask() {
        // task 0: max(90, 95) - 85 = 10; task 1: 70 - 60 = 10; (10 + 10) / 2 = 10
        assertThat(Metrics.forgetting(THREE_TASKS)).hasValue(10.00);
    }

    @Test
    void forgettingIsNegativeWhereATaskGotBetterThanItEverWas() {
        // after task 1: 90 - 95 = -5
        assertThat(Metrics.forgetting(THREE_TASKS, 1)).hasValue(-5.00);
    }

    @Test
    void backwardTransferComparesWithTheAccuracyRightAfterTheTask() {
        // task 0: 85 - 90 = -5; task 1: 60 - 70 = -10; -15 / 2 = -7.5
        assertThat(Metrics.backwardTransfer(THREE_TASKS)).hasValue(-7.50);
    }

    @Test
    void forgettingIsNotMinusBackwardTransfer() {
        assertThat(Metrics.forgetting(THREE_TASKS).orElseThrow())
                .isEqualTo(10.00)
                .isNotEqualTo(-Metrics.backwardTransfer(THREE_TASKS).orElseThrow());
    }

    @Test
    void learningAccuracyIsTheMeanOfTheDiagonal() {
        // (90 + 70 + 50) / 3 = 70
        assertThat(Metrics.learningAccuracy(THREE_TASKS)).hasValue(70.00);
    }

    @Test
    void stabilityIsTheMeanOfTheLastRowWithoutTheLastTask() {
        // (85 + 60) / 2 = 72.5
        assertThat(Metrics.stability(THREE_TASKS)).hasValue(72.50);
    }

    @Test
    void theTradeOffIsTheHarmonicMeanOfStabilityAndPlasticity() {
        // S = 72.5, P = (90 + 70 + 50) / 3 = 70; 2 * 72.5 * 70 / (72.5 + 70) = 10150 / 142.5 = 71.2280...
        assertThat(Metrics.stabilityPlasticityTradeOff(THREE_TASKS)).hasValue(71.23);
    }

    @Test
    void theTradeOffRoundsNeitherPartFirst() {
        // S = 0.01 / 3 = 0.00333..., P = 0.03 / 4 = 0.0075; 2 S P / (S + P) = 0.00005 / 0.01083... = 0.0046... -> 0.00
        // S = 0.02 / 3 = 0.00666..., P = 0.02 / 4 = 0.005; 0.0000666... / 0.011666... = 0.0057... -> 0.01
        assertThat(Metrics.stabilityPlasticityTradeOff(
                        ofPercent(row(0.03), row(0, 0), row(0, 0, 0), row(0.01, 0, 0, 0))))
                .hasValue(0.00);
        assertThat(Metrics.stabilityPlasticityTradeOff(
                        ofPercent(row(0.02), row(0, 0), row(0, 0, 0), row(0.02, 0, 0, 0))))
                .hasValue(0.01);
    }

    @Test
    void theTradeOffOfNothingLearnedAndNothingKeptIsUndefined() {
        // 0 / 0
        assertThat(Metrics.stabilityPlasticityTradeOff(ofPercent(row(0), row(0, 0))))
                .isEmpty();
        // P = 50, S = 0: 0 / 50
        assertThat(Metrics.stabilityPlasticityTradeOff(ofPercent(row(50), row(0, 50))))
                .hasValue(0);
    }

    @Test
    void forwardTransferIsWhatIsGainedOverTheUntrainedNetworkBeforeATaskIsLearned() {
        // task 1: 30 - 10 = 20; task 2: 25 - 12.5 = 12.5; 32.5 / 2 = 16.25
        assertThat(Metrics.forwardTransfer(List.of(next(1, 30, 10), next(2, 25, 12.5))))
                .hasValue(16.25);
    }

    @Test
    void forwardTransferIsNegativeWhereTheUntrainedNetworkDoesBetter() {
        // task 1: 8.00 - 8.01 = -0.01, task 2: 10 - 10 = 0; -0.005 -> -0.01
        assertThat(Metrics.forwardTransfer(List.of(next(1, 8.00, 8.01), next(2, 10, 10))))
                .hasValue(-0.01);
    }

    @Test
    void forwardTransferIsUndefinedWithoutANextTaskOrTheUntrainedNetwork() {
        assertThat(Metrics.forwardTransfer(List.of())).isEmpty();
        assertThat(Metrics.forwardTransfer(
                        List.of(next(1, 30, 10), new NextTaskScore(new TaskScore(2, 1, 4), Optional.empty()))))
                .isEmpty();
    }

    @Test
    void scoresOfTwoTestSetsAreNoScoreOfTheNextTask() {
        assertThatThrownBy(() -> new NextTaskScore(new TaskScore(1, 1, 4), Optional.of(new TaskScore(1, 1, 5))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("both scores must be on one test set");
    }

    @Test
    void intransigenceIsWhatTheReferenceLearnsBetter() {
        // task 0: 92 - 90 = 2; task 1: 80 - 70 = 10; task 2: 75 - 50 = 25; 37 / 3 = 12.333...
        AccuracyMatrix reference = ofPercent(row(92), row(90, 80), row(91, 82, 75));

        assertThat(Metrics.intransigence(THREE_TASKS, reference)).hasValue(12.33);
        assertThat(Metrics.intransigence(reference, THREE_TASKS)).hasValue(-12.33);
        assertThat(Metrics.intransigence(THREE_TASKS, THREE_TASKS)).hasValue(0);
    }

    @Test
    void intransigenceLooksAtTheTasksThatBothHave() {
        // (2 + 10) / 2 = 6
        assertThat(Metrics.intransigence(THREE_TASKS, ofPercent(row(92), row(90, 80))))
                .hasValue(6.00);
        assertThat(Metrics.intransigence(THREE_TASKS, new AccuracyMatrix(List.of())))
                .isEmpty();
    }

    @Test
    void differencesAtATieAreRoundedAwayFromZeroAsIfDoneByHand() {
        // task 0: 8.01 - 8.00 = 0.01; task 1: 0; mean 0.005 -> 0.01, although 8.01 - 8.00 is 0.00999... in binary
        AccuracyMatrix matrix = ofPercent(row(8.01), row(8.00, 50), row(8.00, 50, 50));

        assertThat(Metrics.forgetting(matrix)).hasValue(0.01);
        assertThat(Metrics.backwardTransfer(matrix)).hasValue(-0.01);
    }

    @Test
    void beforeTheFirstTaskNoFigureIsDefined() {
        AccuracyMatrix nothing = new AccuracyMatrix(List.of());

        assertThat(Metrics.averageAccuracy(nothing)).isEmpty();
        assertThat(Metrics.averageIncrementalAccuracy(nothing)).isEmpty();
        assertThat(Metrics.learningAccuracy(nothing)).isEmpty();
        assertThat(Metrics.forgetting(nothing)).isEmpty();
        assertThat(Metrics.backwardTransfer(nothing)).isEmpty();
        assertThat(Metrics.stability(nothing)).isEmpty();
        assertThat(Metrics.stabilityPlasticityTradeOff(nothing)).isEmpty();
    }

    @Test
    void afterOneTaskThereIsNothingToForget() {
        AccuracyMatrix one = ofPercent(row(90));

        assertThat(Metrics.forgetting(one)).isEmpty();
        assertThat(Metrics.backwardTransfer(one)).isEmpty();
        assertThat(Metrics.stability(one)).isEmpty();
        assertThat(Metrics.stabilityPlasticityTradeOff(one)).isEmpty();
    }

    @Test
    void afterOneTaskEveryAverageIsItsAccuracy() {
        AccuracyMatrix one = ofPercent(row(12.34));

        assertThat(Metrics.averageAccuracy(one)).hasValue(12.34);
        assertThat(Metrics.averageIncrementalAccuracy(one)).hasValue(12.34);
        assertThat(Metrics.learningAccuracy(one)).hasValue(12.34);
    }

    private static NextTaskScore next(int task, double percent, double untrainedPercent) {
        return new NextTaskScore(score(task, percent), Optional.of(score(task, untrainedPercent)));
    }

    private static TaskScore score(int task, double percent) {
        return new TaskScore(task, Math.round(percent * Matrices.TOTAL / 100), Matrices.TOTAL);
    }
}
