package io.engram.learning.dataset;

import java.util.List;

/**
 * Mean and standard deviation of each channel over the training samples, in multiples of the largest value: inputs are
 * {@code (value / maximum - mean) / deviation}.
 *
 * @param mean one for each channel
 * @param deviation one for each channel, greater than 0
 */
public record Normalisation(List<Float> mean, List<Float> deviation) {

    public Normalisation {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (mean.size() != deviation.size()) {
            throw new IllegalArgumentException(mean.size() + " means, but " + deviation.size() + " deviations");
        }
        if (!mean.stream().allMatch(Float::isFinite) || !deviation.stream().allMatch(d -> d > 0 && Float.isFinite(d))) {
            throw new IllegalArgumentException(
                    "means must be finite and deviations greater than 0, but were " + mean + " and " + deviation);
        }
    }
}
