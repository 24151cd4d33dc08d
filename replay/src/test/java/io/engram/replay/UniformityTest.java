package io.engram.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The policies draw what they promise: counts over many seeds against the expected ones by Pearson's chi-square.
 *
 * <p>Seeds are fixed, so a result is the same on every run; the bounds are those a fair memory exceeds for one seed in a
 * thousand.
 */
class UniformityTest {
    private static final int TRIALS = 4000;

    /** The 99.9 % point of chi-square with 99 degrees of freedom (any table: 148.23): exceeded by 1 in 1000 fair runs. */
    private static final double BOUND_99_DEGREES = 148.23;

    @Test
    void eachOf100OfferedSamplesStaysInAReservoirOf10EquallyOften() {
        long[] counts = new long[100];
        for (int seed = 0; seed < TRIALS; seed++) {
            var buffer = new ReplayBuffer(Batches.settings(10, seed));
            buffer.insert(Batches.numbered(0, 100));
            Batches.held(buffer).forEach(number -> counts[number.intValue()]++);
        }

        assertThat(chiSquare(counts, 10)).isBetween(0.0, BOUND_99_DEGREES);
    }

    @Test
    void eachOf100HeldSamplesIsDrawnEquallyOften() {
        var buffer = new ReplayBuffer(Batches.settings(100, 5));
        buffer.insert(Batches.numbered(0, 100));
        var drawn = new SampleBatch(10, Batches.ITEM_BYTES);
        long[] counts = new long[100];
        for (int trial = 0; trial < TRIALS; trial++) {
            buffer.sample(10, drawn);
            Batches.numbers(drawn).forEach(number -> counts[number.intValue()]++);
        }

        assertThat(chiSquare(counts, 10)).isBetween(0.0, BOUND_99_DEGREES);
    }

    /** The statistic is able to fail: a first-in-first-out memory of the last 10 gives 4000 · 90, far beyond the bound. */
    @Test
    void anUnfairMemoryWouldBeFound() {
        long[] counts = new long[100];
        for (int i = 90; i < 100; i++) {
            counts[i] = TRIALS;
        }

        assertThat(chiSquare(counts, 10)).isGreaterThan(100 * BOUND_99_DEGREES);
    }

    /** Every order of a draw has the same chance: all 6 of 3 out of 3. 5 degrees of freedom, 99.9 % point 20.52. */
    @Test
    void everyOrderOfADrawIsEquallyLikely() {
        var buffer = new ReplayBuffer(Batches.settings(3, 17));
        buffer.insert(Batches.numbered(0, 3));
        var drawn = new SampleBatch(3, Batches.ITEM_BYTES);
        long[] counts = new long[27];
        Set<Integer> orders = new HashSet<>();
        for (int trial = 0; trial < 6000; trial++) {
            buffer.sample(3, drawn);
            var numbers = Batches.numbers(drawn);
            int order = (int) (numbers.get(0) * 9 + numbers.get(1) * 3 + numbers.get(2));
            orders.add(order);
            counts[order]++;
        }

        double statistic = orders.stream()
                .mapToDouble(order -> Math.pow(counts[order] - 1000, 2) / 1000)
                .sum();
        assertThat(orders).hasSize(6);
        assertThat(statistic).isLessThan(20.52);
    }

    /**
     * The chi-square statistic for {@code TRIALS} subsets of {@code k} out of n. In one subset the indicator of a sample has
     * variance k/n · (1 - k/n) and any two have covariance -k/n · (1 - k/n) / (n - 1), which is (1 - k/n) · n / (n - 1)
     * times the covariance of a multinomial; dividing by that factor gives the usual chi-square with n - 1 degrees of
     * freedom.
     */
    private static double chiSquare(long[] counts, int k) {
        double n = counts.length;
        double expected = TRIALS * k / n;
        double factor = (1 - k / n) * n / (n - 1);
        double sum = 0;
        for (long count : counts) {
            sum += (count - expected) * (count - expected) / expected;
        }
        return sum / factor;
    }
}
