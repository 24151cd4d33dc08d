package io.engram.learning.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class IntervalTest {

    /** Mean 3, squares 4 + 1 + 0 + 1 + 4 = 10, deviation sqrt(10 / 4), times 2.776 / sqrt(5): 1.963. */
    @Test
    void isStudentsForFiveValues() {
        Interval interval = Interval.of(List.of(1.0, 2.0, 3.0, 4.0, 5.0));

        assertThat(interval.mean()).isEqualTo(3);
        assertThat(interval.half()).isCloseTo(1.963, within(0.001));
        assertThat(interval).hasToString("3.00 ± 1.96 (5)");
    }

    /** 20 runs have 19 degrees of freedom: 2.093 standard errors. */
    @Test
    void isMadeFromAStandardError() {
        assertThat(Interval.ofStandardError(85.15, 1.0, 20).half()).isCloseTo(2.093, within(1e-9));
    }

    /** 2.776 * 1.5811 * sqrt(1 + 1 / 5). */
    @Test
    void oneMoreValueLiesInAWiderOne() {
        assertThat(Interval.of(List.of(1.0, 2.0, 3.0, 4.0, 5.0)).halfForOneMore())
                .isCloseTo(4.808, within(0.001));
    }

    @Test
    void oneValueHasNoInterval() {
        assertThat(Interval.of(List.of(3.0))).hasToString("3.00 (1)");
    }

    @Test
    void intervalsMeetWhereTheyTouch() {
        Interval around85 = Interval.ofStandardError(85.15, 1.0, 20);

        assertThat(around85.meets(Interval.ofStandardError(88.15, 0.5, 20))).contains(true);
        assertThat(around85.meets(Interval.ofStandardError(88.35, 0.5, 20))).contains(false);
    }

    /** 2.776 * 1.5811 * sqrt(1 + 1 / 5) around 3: from -1.81 to 7.81. */
    @Test
    void oneValueMeetsWhereOneMoreWouldLie() {
        Interval five = Interval.of(List.of(1.0, 2.0, 3.0, 4.0, 5.0));

        assertThat(Interval.of(List.of(7.8)).meets(five)).contains(true);
        assertThat(five.meets(Interval.of(List.of(7.9)))).contains(false);
        assertThat(Interval.of(List.of(7.8)).meets(Interval.of(List.of(7.8)))).isEmpty();
    }
}
