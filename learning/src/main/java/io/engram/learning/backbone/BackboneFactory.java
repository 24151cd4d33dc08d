package io.engram.learning.backbone;

import java.util.List;

/** Makes a backbone for samples of a shape. */
@FunctionalInterface
public interface BackboneFactory {

    /**
     * Makes it.
     *
     * @param sampleShape {@code [channels, height, width]}
     * @throws UnsuitableSamplesException where the backbone cannot take such samples
     */
    Backbone forSamples(List<Integer> sampleShape);
}
