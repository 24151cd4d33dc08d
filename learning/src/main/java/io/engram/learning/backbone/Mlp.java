package io.engram.learning.backbone;

import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.setting.Setting;
import java.util.ArrayList;
import java.util.List;

/** Fully connected layers with rectified linear units. */
final class Mlp implements Backbone {
    static final CatalogEntry<BackboneFactory> ENTRY = new CatalogEntry<>(
            "mlp",
            "Fully connected layers with rectified linear units",
            "",
            List.of(new Setting.IntegerList(
                    "hidden", "Units of each hidden layer", List.of(400.0, 400.0), 1, 16384, 16)),
            settings -> sampleShape -> new Mlp(sampleShape, settings.integers("hidden")));

    private final List<Integer> widths = new ArrayList<>();

    private Mlp(List<Integer> sampleShape, List<Integer> hidden) {
        widths.add(sampleShape.stream().reduce(1, Math::multiplyExact));
        widths.addAll(hidden);
    }

    @Override
    public String features() {
        StringBuilder text = new StringBuilder("""
                def features_of(self, p: List[Tensor], s: List[Tensor], training: bool, x: Tensor) -> Tensor:
                  h = torch.flatten(x, 1)
                """);
        for (int layer = 0; layer < widths.size() - 1; layer++) {
            text.append(line(layer));
        }
        return text.append("  return h\n").toString();
    }

    @Override
    public String layerInputs() {
        StringBuilder text = new StringBuilder("""
                def layer_inputs_of(self, p: List[Tensor], s: List[Tensor], x: Tensor) -> List[Tensor]:
                  inputs = annotate(List[Tensor], [])
                  h = torch.flatten(x, 1)
                """);
        for (int layer = 0; layer < widths.size() - 1; layer++) {
            text.append("  torch.append(inputs, h)\n").append(line(layer));
        }
        return text.append("  return inputs\n").toString();
    }

    /** Each hidden layer is a stage. */
    @Override
    public String stages() {
        StringBuilder text = new StringBuilder("""
                def stages_of(self, p: List[Tensor], s: List[Tensor], training: bool, x: Tensor) -> List[Tensor]:
                  outputs = annotate(List[Tensor], [])
                  h = torch.flatten(x, 1)
                """);
        for (int layer = 0; layer < widths.size() - 1; layer++) {
            text.append(line(layer)).append("  torch.append(outputs, h)\n");
        }
        return text.append("  torch.append(outputs, h)\n  return outputs\n").toString();
    }

    private static String line(int layer) {
        return "  h = torch.relu(torch.linear(h, p[%d], p[%d]))\n".formatted(2 * layer, 2 * layer + 1);
    }

    @Override
    public List<ParameterShape> parameters() {
        List<ParameterShape> parameters = new ArrayList<>();
        for (int layer = 0; layer < widths.size() - 1; layer++) {
            int in = widths.get(layer);
            int out = widths.get(layer + 1);
            parameters.add(new ParameterShape("backbone." + layer + ".weight", List.of(out, in), in));
            parameters.add(new ParameterShape("backbone." + layer + ".bias", List.of(out), in));
        }
        return parameters;
    }

    @Override
    public int featureSize() {
        return widths.get(widths.size() - 1);
    }
}
