package io.engram.learning.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NormalisationTest {

    @Test
    void thePublishedFiguresOfCifar10AreThoseOfItsPixels() {
        Dataset cifar = PublishedData.read(Cifar.cifar10());
        Normalisation published = cifar.description().normalisation().orElseThrow();

        for (int channel = 0; channel < 3; channel++) {
            double mean = moment(cifar.train(), channel, 0, 1);
            double variance = moment(cifar.train(), channel, mean, 2);
            // One training batch of five differs from the whole in the third digit: its images are drawn at random, and
            // the
            // mean of 10000 images of deviation below 0.25 has a standard error of at most 0.0025.
            assertThat(published.mean().get(channel).doubleValue()).isCloseTo(mean, within(0.0075));
            assertThat(published.deviation().get(channel).doubleValue()).isCloseTo(Math.sqrt(variance), within(0.0075));
        }
    }

    @Test
    void dataSetsOfOneChannelHaveNone() {
        assertThat(IdxDataset.mnist().description().normalisation()).isEmpty();
        assertThat(new Digits().description().normalisation()).isEmpty();
    }

    @Test
    void anotherNormalisationMakesAnotherFingerprint() {
        assertThat(withMean(0.5f).fingerprint())
                .isNotEqualTo(withMean(0.25f).fingerprint())
                .isEqualTo(withMean(0.5f).fingerprint());
    }

    @Test
    void aDeviationOfZeroIsRefused() {
        assertThatThrownBy(() -> new Normalisation(List.of(0.5f), List.of(0f)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("means must be finite and deviations greater than 0, but were [0.5] and [0.0]");
    }

    @Test
    void anotherNumberOfChannelsIsRefused() {
        Normalisation three = new Normalisation(List.of(0f, 0f, 0f), List.of(1f, 1f, 1f));

        assertThatThrownBy(() -> description(three)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Dataset withMean(float mean) {
        Samples samples = Samples.copyOf(new byte[] {1, 2}, 1, new int[] {0, 1});
        return new Dataset(description(new Normalisation(List.of(mean), List.of(1f))), samples, samples);
    }

    private static DatasetDescription description(Normalisation normalisation) {
        return new DatasetDescription(
                "by hand", "", "", List.of(1, 1, 1), 255, Optional.of(normalisation), List.of("a", "b"), 2, 2);
    }

    /** Mean of {@code (value / 255 - origin)^power} over a channel of 32x32 images. */
    private static double moment(Samples samples, int channel, double origin, int power) {
        double sum = 0;
        for (int row = 0; row < samples.size(); row++) {
            for (int pixel = 0; pixel < 1024; pixel++) {
                int value = samples.items().get(row, channel * 1024 + pixel) & 0xff;
                sum += Math.pow(value / 255.0 - origin, power);
            }
        }
        return sum / (1024.0 * samples.size());
    }
}
