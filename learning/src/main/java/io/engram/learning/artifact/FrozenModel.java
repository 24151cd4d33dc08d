package io.engram.learning.artifact;

import java.util.List;

/**
 * A model that no longer changes.
 *
 * @param descriptor what it is
 * @param weights its parameters in the order of the network, and behind them the tensors of its classifier
 */
public record FrozenModel(ModelDescriptor descriptor, List<NamedTensor> weights) {

    public FrozenModel {
        weights = List.copyOf(weights);
    }
}
