package io.engram.learning.run;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.engram.learning.artifact.FrozenModel;
import io.engram.learning.artifact.ModelDescriptor;
import io.engram.learning.artifact.NextTask;
import io.engram.learning.backbone.Backbone;
import io.engram.learning.tensor.TensorEngine;
import io.engram.replay.SplitMix64;
import java.util.Optional;

/**
 * The network of a run as it was before the first task: forward transfer is measured from its accuracy. Its values follow from
 * the seed in the model's descriptor, bit for bit. It chooses by its head, also where the run's method chooses otherwise, since a
 * classifier of its own has seen nothing yet.
 */
final class UntrainedNetwork {
    private static final String BY_THE_HEAD = "argmax";

    private UntrainedNetwork() {}

    /**
     * As a model, to be scored like any other.
     *
     * @param model one of the run
     * @param backbone its own, as it was before training
     * @return empty where the run has no next task to score, or its values came from a file
     */
    static Optional<FrozenModel> of(ModelDescriptor model, Backbone backbone, TensorEngine engine) {
        return model.nextTask()
                .map(NextTask::weightsSeed)
                .filter(seed -> seed.isPresent())
                .map(seed -> {
                    try (NDManager manager = engine.newManager(Device.cpu())) {
                        Network network = new Network(
                                backbone,
                                ModelParts.head(model, backbone),
                                0,
                                SplitMix64.ofState(seed.getAsLong()),
                                manager);
                        network.grow(model.labelsByTask().get(0).size());
                        return new FrozenModel(beforeTheFirstTask(model), network.weights());
                    }
                });
    }

    /** Its head has columns for the classes of the first task alone. */
    private static ModelDescriptor beforeTheFirstTask(ModelDescriptor model) {
        return new ModelDescriptor(
                0,
                model.dataset(),
                model.datasetFingerprint(),
                model.testFingerprint(),
                model.form(),
                model.labelsByTask().subList(0, 1),
                model.nextTask(),
                model.backbone(),
                model.module(),
                model.head(),
                BY_THE_HEAD,
                model.provenance());
    }
}
