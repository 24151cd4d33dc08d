package io.engram.learning.backbone;

import io.engram.learning.tensor.ScriptModule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Text that calls a module as a function of parameters and statistics.
 *
 * @param module the module
 * @param parameters what is assigned from {@code p}, in order; none where the module is frozen
 * @param statistics what is assigned from {@code s}, in order
 */
record TorchScriptText(ScriptModule module, List<Slot> parameters, List<Slot> statistics) {

    /** Text of {@code tensor_of}: a place may hold {@code None}, for which an empty tensor of boolean values stands. */
    static final String TENSOR_OF = """
            def tensor_of(self, held: Optional[Tensor]) -> Tensor:
              if held is None:
                tensor = torch.zeros([0], dtype=11)
              else:
                tensor = held
              return tensor
            """;

    private static final String FEATURES = """
            def features_of(self, p: List[Tensor], s: List[Tensor], training: bool, x: Tensor) -> Tensor:
            """;

    private static final String FROZEN = """
              learning = torch.is_grad_enabled()
              torch.set_grad_enabled(False)
              features = torch.flatten(self.extractor.forward(x), 1)
              torch.set_grad_enabled(learning)
              return features
            """;

    TorchScriptText {
        parameters = List.copyOf(parameters);
        statistics = List.copyOf(statistics);
    }

    static TorchScriptText frozen(ScriptModule module) {
        return new TorchScriptText(module, List.of(), List.of());
    }

    /**
     * Where a module holds a tensor.
     *
     * @param name for example {@code bn1.running_mean}
     * @param owner text of the part that has it
     * @param attribute its name there
     */
    record Place(String name, String owner, String attribute) {
        /** Text of the tensor that it holds. */
        String held() {
            return "self.tensor_of(getattr(%s, \"%s\"))".formatted(owner, attribute);
        }

        /** Text of it as the target of an assignment. */
        String target() {
            return owner + "." + attribute;
        }
    }

    /**
     * A tensor of the network.
     *
     * @param places more than one where parts share it
     * @param shape its name and values
     */
    record Slot(List<Place> places, ParameterShape shape) {}

    static List<Place> parameterPlaces(ScriptModule module) {
        return places(module, part -> part.type().parameters());
    }

    static List<Place> bufferPlaces(ScriptModule module) {
        return places(module, part -> part.type().buffers());
    }

    private static List<Place> places(ScriptModule module, Function<ScriptModule.Part, List<String>> names) {
        List<Place> places = new ArrayList<>();
        for (ScriptModule.Part part : module.parts()) {
            for (String name : part.type().tensors(names.apply(part))) {
                places.add(new Place(part.prefix() + name, part.text(), name));
            }
        }
        return places;
    }

    boolean isFrozen() {
        return parameters.isEmpty();
    }

    String features() {
        return isFrozen() ? FEATURES + modes("False") + FROZEN : TENSOR_OF + FEATURES + trained();
    }

    /** @param ofBuffers the mode of parts that have buffers; others are in evaluation mode */
    String modes(String ofBuffers) {
        StringBuilder lines = new StringBuilder();
        for (ScriptModule.Part part : module.parts()) {
            if (part.type().hasMode()) {
                boolean follows = !part.type().buffers().isEmpty();
                lines.append("  %s.training = %s\n".formatted(part.text(), follows ? ofBuffers : "False"));
            }
        }
        return lines.toString();
    }

    /** The module works on copies of the statistics, which are kept after training: so neither it nor a gradient holds on to them. */
    private String trained() {
        StringBuilder lines = new StringBuilder(modes("training"));
        StringBuilder kept = new StringBuilder();
        for (int k = 0; k < parameters.size(); k++) {
            for (Place place : parameters.get(k).places()) {
                lines.append("  %s = p[%d]\n".formatted(place.target(), k));
            }
        }
        for (int k = 0; k < statistics.size(); k++) {
            Place place = statistics.get(k).places().get(0);
            lines.append("  %s = torch.to(s[%d], %s, False, True)\n".formatted(place.target(), k, place.held()));
            kept.append("    kept = torch.copy_(s[%d], torch.detach(%s))\n".formatted(k, place.held()));
        }
        lines.append("  features = torch.flatten(self.extractor.forward(x), 1)\n");
        if (!kept.isEmpty()) {
            lines.append("  if training:\n").append(kept);
        }
        return lines.append("  return features\n").toString();
    }
}
