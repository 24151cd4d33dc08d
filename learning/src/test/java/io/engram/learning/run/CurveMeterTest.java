package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.learning.checkpoint.IntervalTotals;
import io.engram.learning.method.Observation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CurveMeterTest {
    private final CurveMeter meter = new CurveMeter();

    @Test
    void aShortTaskHasAPointForEachStep() {
        meter.start(3, 0, List.of());
        meter.add(step(0.5f, 1));
        meter.add(step(0.25f, 2));

        assertThat(meter.curve()).containsExactly(new CurvePoint(1, 0.5, 25), new CurvePoint(2, 0.25, 50));
    }

    /** 96 steps in 64 intervals: of 2 steps and of 1 in turn. */
    @Test
    void aPointIsTheMeanOfItsInterval() {
        meter.start(96, 0, List.of());
        for (int step = 0; step < 96; step++) {
            meter.add(step(step, step % 2 == 0 ? 4 : 0));
        }

        List<CurvePoint> curve = meter.curve();

        assertThat(curve)
                .hasSize(64)
                .startsWith(new CurvePoint(2, 0.5, 50), new CurvePoint(3, 2, 100), new CurvePoint(5, 3.5, 50));
        assertThat(curve.get(63)).isEqualTo(new CurvePoint(96, 95, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 64, 65, 100, 127, 128, 129, 1000, 12345})
    void everyStepIsInOneOfAtMostSixtyFourPoints(int steps) {
        meter.start(steps, 0, List.of());
        for (int step = 0; step < steps; step++) {
            meter.add(step(1, 1));
        }

        assertThat(meter.totals()).hasSize(Math.min(steps, 64));
        assertThat(meter.totals().stream().mapToLong(IntervalTotals::steps).sum())
                .isEqualTo(steps);
        long before = 0;
        for (int i = 0; i < meter.curve().size(); i++) {
            long end = meter.curve().get(i).steps();
            assertThat(end - before).isEqualTo(meter.totals().get(i).steps());
            before = end;
        }
        assertThat(before).isEqualTo(steps);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 50, 99})
    void goesOnWhereItWas(int stopped) {
        CurveMeter whole = new CurveMeter();
        whole.start(100, 0, List.of());
        meter.start(100, 0, List.of());
        for (int step = 0; step < 100; step++) {
            if (step == stopped) {
                List<IntervalTotals> stored = meter.totals();
                meter.start(7, 0, List.of());
                meter.start(100, step, stored);
            }
            whole.add(step(step, step % 5));
            meter.add(step(step, step % 5));
        }

        assertThat(meter.curve()).isEqualTo(whole.curve());
    }

    /** After a checkpoint that had no curve. */
    @Test
    void whatWasNotCountedIsLeftOut() {
        meter.start(128, 100, List.of());
        meter.add(step(0.5f, 4));

        assertThat(meter.curve()).containsExactly(new CurvePoint(101, 0.5, 100));
    }

    /** Of 4 samples. */
    private static Observation step(float loss, int correct) {
        return new Observation(new int[4], correct, loss, new float[0]);
    }
}
