package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.learning.backbone.Initial;
import io.engram.learning.backbone.ParameterShape;
import io.engram.replay.SplitMix64;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitialValuesTest {
    private static final int COUNT = 100_000;

    private final SplitMix64 random = new SplitMix64(1);
    private final InitialValues initial = new InitialValues(random);

    /** sqrt(2 / (64 * 9)) for a 3x3 convolution to 64 channels. */
    @Test
    void theDeviationOfKaimingNormalFollowsFromTheFan() {
        assertThat(Initial.kaimingNormal(576)).isEqualTo(new Initial.Normal(Math.sqrt(2.0 / 576)));
    }

    /**
     * The normal distribution at -2, -1, 0, 1 and 2 deviations, from its table; with 100000 values the share below a point has a
     * deviation of at most 0.0016, and 0.008 are five of them.
     */
    @ParameterizedTest
    @CsvSource({"-2, 0.02275", "-1, 0.15866", "0, 0.5", "1, 0.84134", "2, 0.97725"})
    void normalValuesAreDistributedAsTheTableSays(double deviations, double share) {
        float[] values = draw(new Initial.Normal(0.1), COUNT);

        int below = 0;
        for (float value : values) {
            below += value < deviations * 0.1 ? 1 : 0;
        }
        assertThat((double) below / COUNT).isCloseTo(share, Offset.offset(0.008));
    }

    /** The correlation of independent neighbours has a deviation of 1 / sqrt(50000), and 0.022 are five of them. */
    @Test
    void theValuesOfAPairAreIndependent() {
        float[] values = draw(new Initial.Normal(1), COUNT);

        double products = 0;
        for (int i = 0; i < COUNT; i += 2) {
            products += values[i] * values[i + 1];
        }
        assertThat(products / (COUNT / 2)).isCloseTo(0, Offset.offset(0.022));
    }

    @Test
    void anOddNumberOfNormalValuesDropsTheLastOfAPair() {
        float[] odd = draw(new Initial.Normal(1), 5);
        long afterOdd = random.state();

        SplitMix64 again = new SplitMix64(1);
        float[] even = new InitialValues(again).of(parameter(new Initial.Normal(1)), 6);

        assertThat(Arrays.copyOf(even, 5)).isEqualTo(odd);
        assertThat(again.state()).isEqualTo(afterOdd);
    }

    @Test
    void constantsDrawNothing() {
        assertThat(draw(new Initial.Constant(0.5f), 3)).containsExactly(0.5f, 0.5f, 0.5f);
        assertThat(random.state()).isEqualTo(new SplitMix64(1).state());
    }

    private float[] draw(Initial kind, int count) {
        return initial.of(parameter(kind), count);
    }

    private static ParameterShape parameter(Initial kind) {
        return new ParameterShape("p", List.of(1), kind);
    }
}
