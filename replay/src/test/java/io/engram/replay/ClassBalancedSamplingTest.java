package io.engram.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ClassBalancedSamplingTest {
    /** 60 samples of class 0, 25 of class 3, 15 of class 7. */
    private static ReplayBuffer imbalanced(long seed) {
        var buffer = new ReplayBuffer(Batches.settings("fifo", "class-balanced", 100, seed));
        int[] labels = new int[100];
        Arrays.fill(labels, 60, 85, 3);
        Arrays.fill(labels, 85, 100, 7);
        buffer.insert(Batches.labelled(0, labels));
        return buffer;
    }

    /**
     * Single draws, 3000 of each class and 50, 120, 200 of each of its samples expected: Pearson's chi-square with 97 degrees
     * of freedom over the samples, 99.9 % point 145.8 (any table gives 144.6 for 96 and 147.0 for 98), and 13.8 with 2 over
     * the classes.
     */
    @Test
    void eachClassIsDrawnEquallyOftenAndEachSampleWithinItsClass() {
        var buffer = imbalanced(11);
        var one = new SampleBatch(1, Batches.ITEM_BYTES);
        int[] ofSample = new int[100];
        int[] ofClass = new int[8];
        for (int draw = 0; draw < 9000; draw++) {
            buffer.sample(1, one);
            ofSample[Batches.numbers(one).get(0).intValue()]++;
            ofClass[one.labels()[0]]++;
        }

        double classes = square(ofClass[0], 3000) + square(ofClass[3], 3000) + square(ofClass[7], 3000);
        double samples = 0;
        for (int i = 0; i < 100; i++) {
            samples += square(ofSample[i], i < 60 ? 50 : i < 85 ? 120 : 200);
        }
        assertThat(classes).isLessThan(13.8);
        assertThat(samples).isBetween(0.0, 145.8);
    }

    @Property(tries = 200)
    void aDrawHasNoSampleTwiceAndSharesAmongTheClassesThatHaveSomeLeft(
            @ForAll long seed, @ForAll @IntRange(min = 0, max = 100) int count) {
        var drawn = new SampleBatch(100, Batches.ITEM_BYTES);
        imbalanced(seed).sample(count, drawn);

        assertThat(Batches.numbers(drawn)).hasSize(count).doesNotHaveDuplicates();
        if (count == 100) {
            assertThat(Arrays.stream(drawn.labels(), 0, 100)
                            .filter(label -> label == 7)
                            .count())
                    .isEqualTo(15);
        }
    }

    private static double square(int count, double expected) {
        return (count - expected) * (count - expected) / expected;
    }
}
