package io.engram.learning.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.learning.metric.Metrics;
import io.engram.learning.tensor.TensorEngine;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The fast rows of {@code docs/results.md}: the protocol of Split MNIST on the digits inside, a second a run. The bound is what
 * the reference implementation gives over seven or ten seeds, from its own splits and orders of classes: another run of the same method
 * lies in the interval for one more of them with a probability of 95 %, and as good as always in twice that interval. One
 * percent is added for another split of so few test images.
 */
class QuickResultsTest {
    private static final String PROTOCOL = "split-digits";

    private final ResultsRows all = ResultsRows.read();
    private final RecordedFigures reference = RecordedFigures.read(RecordedFigures.REFERENCE);
    private final Rerun rerun = new Rerun(Optional.empty(), TensorEngine.start(1));

    @TestFactory
    Stream<DynamicTest> aMethodReachesWhatTheReferenceImplementationReaches() {
        return all.rows().stream()
                .filter(row -> row.protocol().equals(PROTOCOL))
                .map(row -> DynamicTest.dynamicTest(row.id(), () -> run(row)));
    }

    private void run(ResultsRow row) {
        Interval theirs = reference.of(row.id()).orElseThrow();

        double accuracy = Metrics.averageAccuracy(rerun.scores(row.spec(all.protocol(row), 1)));

        assertThat(Math.abs(accuracy - theirs.mean()))
                .as("%.2f beside %s", accuracy, theirs)
                .isLessThanOrEqualTo(2 * theirs.halfForOneMore() + 1);
    }
}
