package io.engram.learning.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Counts as published by the UCI repository for the test part of "Optical Recognition of Handwritten Digits". */
class DigitsTest {
    private static final int[] PER_CLASS = {178, 182, 177, 183, 181, 182, 181, 179, 174, 180};

    private final Dataset digits = new Digits().read(Optional.empty(), SampleStorage.standard());

    @Test
    void thereAre1797SamplesWithThePublishedCountsPerClass() {
        assertThat(digits.train().size() + digits.test().size()).isEqualTo(1797);
        assertThat(IntStream.range(0, 10).map(label -> count(digits.train(), label) + count(digits.test(), label)))
                .containsExactly(178, 182, 177, 183, 181, 182, 181, 179, 174, 180);
    }

    @Test
    void theTestSetIsAFifthOfEachClass() {
        assertThat(IntStream.range(0, 10)
                        .map(label -> count(digits.test(), label))
                        .toArray())
                .isEqualTo(IntStream.of(PER_CLASS)
                        .map(n -> (int) Math.round(n / 5.0))
                        .toArray());
    }

    @Test
    void theDescriptionGivesTheNumbersOfSamples() {
        assertThat(digits.description().trainSamples()).isEqualTo(digits.train().size());
        assertThat(digits.description().testSamples()).isEqualTo(digits.test().size());
    }

    @Test
    void valuesAre0To16() {
        int largest = 0;
        ByteBuffer values = digits.train().items().parts().get(0);
        while (values.hasRemaining()) {
            byte value = values.get();
            assertThat(value).isBetween((byte) 0, (byte) 16);
            largest = Math.max(largest, value);
        }
        assertThat(largest).isEqualTo(16).isEqualTo(digits.description().maximum());
    }

    @Test
    void theSplitIsTheSameEveryTime() {
        assertThat(new Digits().read(Optional.empty(), SampleStorage.standard()).fingerprint())
                .isEqualTo(digits.fingerprint());
    }

    private static int count(Samples samples, int label) {
        return (int) IntStream.of(samples.labels()).filter(l -> l == label).count();
    }
}
