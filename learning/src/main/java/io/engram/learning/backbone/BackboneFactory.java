package io.engram.learning.backbone;

import io.engram.learning.tensor.TensorEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Makes a backbone for samples of a shape. */
@FunctionalInterface
public interface BackboneFactory {

    /**
     * Makes it with its initial values.
     *
     * @param sampleShape {@code [channels, height, width]}
     * @throws UnsuitableSamplesException where the backbone cannot take such samples
     * @throws io.engram.learning.tensor.UnusableModuleException where there is no such network without a file
     */
    Backbone forSamples(List<Integer> sampleShape);

    /**
     * Makes the network that a file is.
     *
     * @return empty where a file holds values and nothing else
     * @throws io.engram.learning.tensor.UnusableModuleException where it is none, or none for such samples
     * @throws IOException where the file cannot be read
     */
    default Optional<Backbone> ofFile(Path file, List<Integer> sampleShape, TensorEngine engine) throws IOException {
        return Optional.empty();
    }
}
