package io.engram.learning.run;

import io.engram.learning.setting.Component;
import io.engram.learning.weight.WeightFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What {@code bench/reference/torchscript_fixtures.py} wrote: a data folder of modules. */
final class TorchScriptFiles {
    static final Optional<Path> FOLDER = Optional.of(
            Path.of(System.getProperty("engram.home"), "learning/src/test/resources/io/engram/learning/torchscript"));

    private TorchScriptFiles() {}

    static Component component(boolean trainable) {
        return new Component("torchscript", Map.of("trainable", trainable));
    }

    static SpecBuilder spec(String method, String file, boolean trainable) {
        return SpecBuilder.of(method).backbone(component(trainable), file);
    }

    /** What eager PyTorch has under a name. */
    static float[] expected(String name) {
        return WeightFile.read(FOLDER, "expected.npz").tensors().stream()
                .filter(tensor -> tensor.name().equals(name))
                .findFirst()
                .orElseThrow()
                .values();
    }
}
