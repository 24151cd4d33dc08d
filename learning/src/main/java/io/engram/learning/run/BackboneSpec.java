package io.engram.learning.run;

import io.engram.learning.backbone.Backbone;
import io.engram.learning.backbone.Backbones;
import io.engram.learning.head.Head;
import io.engram.learning.head.Heads;
import io.engram.learning.setting.Component;
import io.engram.learning.setting.Settings;
import io.engram.learning.weight.PretrainedBackbone;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The network in front of the head.
 *
 * @param network a name of {@link io.engram.learning.backbone.Backbones} and its settings
 * @param weights a file of the data folder that its values start from, {@code .safetensors} or {@code .npz}, as a path relative to
 *     the folder; initial values where empty
 * @param head a name of {@link io.engram.learning.head.Heads} and its settings; the method's first when left out
 */
public record BackboneSpec(Component network, String weights, Optional<Component> head) {

    public BackboneSpec {
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(weights, "weights");
        Objects.requireNonNull(head, "head");
    }

    public BackboneSpec(Component network, String weights) {
        this(network, weights, Optional.empty());
    }

    /** With initial values. */
    public static BackboneSpec of(Component network) {
        return new BackboneSpec(network, "");
    }

    /**
     * The network without the weights; the spec was checked.
     *
     * @throws io.engram.learning.backbone.UnsuitableSamplesException where it cannot take such samples
     */
    Backbone untrained(List<Integer> sampleShape) {
        return Backbones.CATALOG
                .get(network.name())
                .create(new Settings(network.settings()))
                .forSamples(sampleShape);
    }

    /** Its head; the spec was completed. */
    Head headOn(Backbone backbone) {
        Component named = head.orElseThrow();
        return Heads.CATALOG
                .get(named.name())
                .create(new Settings(named.settings()))
                .on(backbone);
    }

    /**
     * The network with the weights, where there are any.
     *
     * @throws io.engram.learning.weight.UnusableWeightsException where they cannot be read or do not fit
     */
    Optional<PretrainedBackbone> pretrained(Backbone untrained, Optional<Path> dataDir) {
        return weights.isEmpty() ? Optional.empty() : Optional.of(new PretrainedBackbone(untrained, dataDir, weights));
    }
}
