package io.engram.learning.dataset;

import java.util.List;
import java.util.Optional;

/**
 * What a data set is, whether or not it can be read here.
 *
 * @param name the name a run spec gives
 * @param description what it is, in one sentence
 * @param source where it comes from
 * @param sampleShape {@code [channels, height, width]}
 * @param maximum the largest value of a pixel; values are divided by it
 * @param normalisation what is done to the quotient, where something is
 * @param classes class names; positions are the original labels
 * @param trainSamples number of training samples: as published, or as found where only part of them is here
 * @param testSamples published number of test samples
 */
public record DatasetDescription(
        String name,
        String description,
        String source,
        List<Integer> sampleShape,
        int maximum,
        Optional<Normalisation> normalisation,
        List<String> classes,
        int trainSamples,
        int testSamples) {

    public DatasetDescription {
        sampleShape = List.copyOf(sampleShape);
        classes = List.copyOf(classes);
        int channels = sampleShape.get(0);
        if (normalisation.filter(n -> n.mean().size() != channels).isPresent()) {
            throw new IllegalArgumentException("one mean for each of " + channels + " channels, but " + normalisation);
        }
    }

    /** A data set whose values are divided by the maximum alone. */
    public DatasetDescription(
            String name,
            String description,
            String source,
            List<Integer> sampleShape,
            int maximum,
            List<String> classes,
            int trainSamples,
            int testSamples) {
        this(name, description, source, sampleShape, maximum, Optional.empty(), classes, trainSamples, testSamples);
    }

    /** The same data set, of which only part of the training samples is here. */
    DatasetDescription withTrainSamples(String text, int samples) {
        return new DatasetDescription(
                name, text, source, sampleShape, maximum, normalisation, classes, samples, testSamples);
    }

    /** Bytes of one sample: one for each value. */
    public int itemBytes() {
        return sampleShape.stream().reduce(1, Math::multiplyExact);
    }
}
