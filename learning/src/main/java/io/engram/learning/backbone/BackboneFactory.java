package io.engram.learning.backbone;

import java.util.List;

/** Makes a backbone for samples of a shape. */
@FunctionalInterface
public interface BackboneFactory {

    /** @param sampleShape {@code [channels, height, width]} */
    Backbone forSamples(List<Integer> sampleShape);
}
