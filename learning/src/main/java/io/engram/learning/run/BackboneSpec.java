package io.engram.learning.run;

import io.engram.learning.artifact.ModuleFile;
import io.engram.learning.backbone.Backbone;
import io.engram.learning.backbone.BackboneFactory;
import io.engram.learning.backbone.Backbones;
import io.engram.learning.head.Head;
import io.engram.learning.head.Heads;
import io.engram.learning.setting.Component;
import io.engram.learning.setting.Settings;
import io.engram.learning.tensor.TensorEngine;
import io.engram.learning.tensor.UnusableModuleException;
import io.engram.learning.weight.DataFile;
import io.engram.learning.weight.PretrainedBackbone;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The network in front of the head.
 *
 * @param network a name of {@link io.engram.learning.backbone.Backbones} and its settings
 * @param weights a file of the data folder, as a path relative to the folder: what its values start from, {@code .safetensors} or
 *     {@code .npz}, or, for {@code torchscript}, the network itself; initial values where empty
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
     * The network with the values it starts from; the spec was checked.
     *
     * @param dataDir where its file is
     * @throws io.engram.learning.backbone.UnsuitableSamplesException where it cannot take such samples
     * @throws io.engram.learning.weight.UnusableWeightsException where the file cannot be read or its values do not fit
     * @throws io.engram.learning.tensor.UnusableModuleException where the network has to be a file, and this one cannot be it
     */
    LoadedBackbone load(List<Integer> sampleShape, Optional<Path> dataDir, TensorEngine engine) {
        BackboneFactory factory = Backbones.CATALOG.get(network.name()).create(new Settings(network.settings()));
        if (weights.isEmpty()) {
            return new LoadedBackbone(factory.forSamples(sampleShape), Optional.empty(), Optional.empty());
        }
        try {
            DataFile file = DataFile.find(dataDir, weights);
            Optional<Backbone> module = factory.ofFile(file.file(), sampleShape, engine);
            if (module.isPresent()) {
                ModuleFile named = new ModuleFile(weights, file.sha256());
                return new LoadedBackbone(module.get(), Optional.of(named.toString()), Optional.of(named));
            }
        } catch (IOException e) {
            throw new UnusableModuleException("a file that can be read; " + e, e);
        }
        PretrainedBackbone pretrained = new PretrainedBackbone(factory.forSamples(sampleShape), dataDir, weights);
        return new LoadedBackbone(pretrained, Optional.of(pretrained.provenance()), Optional.empty());
    }

    /** Its head; the spec was completed. */
    Head headOn(Backbone backbone) {
        Component named = head.orElseThrow();
        return Heads.CATALOG
                .get(named.name())
                .create(new Settings(named.settings()))
                .on(backbone);
    }
}
