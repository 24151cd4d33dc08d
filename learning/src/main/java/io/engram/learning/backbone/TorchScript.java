package io.engram.learning.backbone;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.setting.Setting;
import io.engram.learning.tensor.ScriptModule;
import io.engram.learning.tensor.TensorEngine;
import io.engram.learning.tensor.UnusableModuleException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A module of TorchScript from outside, scripted or traced: a pretrained feature extractor. Frozen, it stays as it is: it is in
 * evaluation mode, has no gradients, and its tensors are no parameters of the network, so that methods see the head alone. Trainable,
 * its float32 parameters are those of the network and its buffers the statistics; its text assigns them before each call, so that the
 * network is a function of both. Then parts with buffers of their own, such as batch normalisation, follow {@code training}; others
 * stay in evaluation mode, since what dropout draws would not follow from the run's seed.
 */
final class TorchScript implements Backbone {
    private static final String TRAINABLE = "trainable";

    static final CatalogEntry<BackboneFactory> ENTRY = new CatalogEntry<>(
            "torchscript",
            "The module in the file that the backbone's `weights` name, as `torch.jit.save` wrote it, from float32"
                    + " [batch, channels, height, width] to float32 [batch, features]",
            "",
            List.of(new Setting.Flag(
                    TRAINABLE,
                    "Whether its parameters are trained and batch normalisation learns; otherwise it stays as it is",
                    false)),
            settings -> new Factory(settings.flag(TRAINABLE)));

    /** How the engine's messages name what went wrong, within many lines that tell where. */
    private static final Pattern REASON = Pattern.compile("^[\\w.]*Error: ");

    private final ScriptModule module;
    private final TorchScriptText text;
    private final int featureSize;

    private TorchScript(ScriptModule module, TorchScriptText text, int featureSize) {
        this.module = module;
        this.text = text;
        this.featureSize = featureSize;
    }

    private record Factory(boolean trainable) implements BackboneFactory {
        @Override
        public Backbone forSamples(List<Integer> sampleShape) {
            throw new UnusableModuleException("a module that torch.jit.save wrote, which torchscript has to have");
        }

        @Override
        public Optional<Backbone> ofFile(Path file, List<Integer> sampleShape, TensorEngine engine) throws IOException {
            return Optional.of(of(ScriptModule.read(file), sampleShape, trainable, engine));
        }
    }

    private static Backbone of(ScriptModule module, List<Integer> sampleShape, boolean trainable, TensorEngine engine) {
        try (NDManager manager = engine.newManager(Device.cpu())) {
            TorchScriptTrial trial = new TorchScriptTrial(module, sampleShape, manager);
            int featureSize = trial.featureSize();
            TorchScriptText text = trainable ? trial.trainable() : TorchScriptText.frozen(module);
            return new TorchScript(module, text, featureSize);
        } catch (EngineException | IllegalStateException e) {
            throw new UnusableModuleException(
                    "a module from float32 [batch, %d, %d, %d] to float32 [batch, features]; "
                                    .formatted(sampleShape.toArray())
                            + reason(e),
                    e);
        }
    }

    private static String reason(RuntimeException refused) {
        List<String> lines = String.valueOf(refused.getMessage())
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        return lines.stream()
                .filter(line -> REASON.matcher(line).find())
                .map(line -> REASON.matcher(line).replaceFirst(""))
                .findFirst()
                .orElse(lines.get(0));
    }

    @Override
    public String features() {
        return text.features();
    }

    /** Those of no layers, where none has parameters that are trained. */
    @Override
    public String layerInputs() {
        return text.isFrozen() ? """
                def layer_inputs_of(self, p: List[Tensor], s: List[Tensor], x: Tensor) -> List[Tensor]:
                  return annotate(List[Tensor], [])
                """ : "";
    }

    /** The features alone, where what a stage gives cannot change. */
    @Override
    public String stages() {
        return text.isFrozen() ? """
                def stages_of(self, p: List[Tensor], s: List[Tensor], training: bool, x: Tensor) -> List[Tensor]:
                  return [self.features_of(p, s, training, x)]
                """ : "";
    }

    @Override
    public List<ParameterShape> parameters() {
        return text.parameters().stream().map(TorchScriptText.Slot::shape).toList();
    }

    @Override
    public List<ParameterShape> statistics() {
        return text.statistics().stream().map(TorchScriptText.Slot::shape).toList();
    }

    @Override
    public int featureSize() {
        return featureSize;
    }

    @Override
    public Optional<ScriptModule> module() {
        return Optional.of(module);
    }
}
