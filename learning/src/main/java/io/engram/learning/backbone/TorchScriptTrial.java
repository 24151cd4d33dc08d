package io.engram.learning.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.engram.learning.backbone.TorchScriptText.Place;
import io.engram.learning.backbone.TorchScriptText.Slot;
import io.engram.learning.tensor.ScriptModule;
import io.engram.learning.tensor.TensorProgram;
import io.engram.learning.tensor.UnusableModuleException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Calls a module once to see what it does with samples of a shape. What it refuses, and why, is in the messages; what the engine
 * refuses comes as its exception.
 */
final class TorchScriptTrial {
    /** No batch that people trace with, lest a module works with no other. */
    private static final int SAMPLES = 3;

    private static final List<String> LISTS = List.of("parameters", "statistics");
    private static final String TEXT = TorchScriptText.TENSOR_OF + """
            def parameters_held(self) -> List[Tensor]:
              held = annotate(List[Tensor], [])
            %s  return held
            def buffers_held(self) -> List[Tensor]:
              held = annotate(List[Tensor], [])
            %s  return [torch.clone(buffer) for buffer in held]
            def first_of_same(self) -> Tensor:
              held = self.parameters_held()
              first = annotate(List[int], [])
              for k in range(len(held)):
                same = k
                for j in range(k):
                  if torch.is_set_to(held[k], held[j]):
                    same = ops.prim.min(same, j)
                torch.append(first, same)
              return torch.tensor(first, dtype=4)
            def given(self, x: Tensor) -> Tensor:
            %s  return self.extractor.forward(x)
            """;
    private static final String LEARNED = """
            def learned(self, x: Tensor) -> List[Tensor]:
              features = self.features_of(self.parameters, [torch.clone(t) for t in self.statistics], True, x)
              again = self.features_of(self.parameters, [torch.clone(t) for t in self.statistics], True, x)
              used = annotate(List[bool], [])
              for g in torch.autograd.grad([torch.sum(features)], self.parameters, None, False, False, True):
                torch.append(used, g is not None)
              return [torch.tensor(used), torch.sum(torch.ne(features, again))]
            """;

    private final ScriptModule module;
    private final NDManager manager;
    private final NDArray samples;
    private final List<Place> parameters;
    private final List<Place> buffers;
    private final TensorProgram program;

    /**
     * Loads the module.
     *
     * @param sampleShape {@code [channels, height, width]}
     * @param manager holds what is needed for it
     */
    TorchScriptTrial(ScriptModule module, List<Integer> sampleShape, NDManager manager) {
        this.module = module;
        this.manager = manager;
        samples = samples(sampleShape);
        parameters = TorchScriptText.parameterPlaces(module);
        buffers = TorchScriptText.bufferPlaces(module);
        program = new TensorProgram(
                manager,
                LISTS,
                TEXT.formatted(
                        appended(parameters),
                        appended(buffers),
                        TorchScriptText.frozen(module).modes("False")),
                Optional.of(module));
    }

    /** Values of 0 to 1 that differ, so that layers have something to do. */
    private NDArray samples(List<Integer> sampleShape) {
        float[] values = new float[SAMPLES * sampleShape.stream().reduce(1, Math::multiplyExact)];
        for (int i = 0; i < values.length; i++) {
            values[i] = i * 7 % 17 / 16f;
        }
        Shape shape = new Shape(SAMPLES, sampleShape.get(0), sampleShape.get(1), sampleShape.get(2));
        return manager.create(values, shape);
    }

    private static String appended(List<Place> places) {
        return places.stream()
                .map(place -> "  torch.append(held, %s)\n".formatted(place.held()))
                .collect(Collectors.joining());
    }

    /** The width of the features, of a module that in evaluation mode gives the same again and changes nothing. */
    int featureSize() {
        try (NDList before = program.infer("buffers_held");
                NDList first = program.infer("given", samples);
                NDList again = program.infer("given", samples);
                NDList after = program.infer("buffers_held")) {
            NDArray features = first.get(0);
            requireForm(features);
            if (!sameBytes(features, again.get(0))) {
                throw new UnusableModuleException(
                        "a module without randomness; in evaluation mode, this one gives other features for the same samples");
            }
            for (int k = 0; k < before.size(); k++) {
                if (!sameBytes(before.get(k), after.get(k))) {
                    throw new UnusableModuleException(
                            "a module that changes nothing in evaluation mode, as one traced after eval(); this one changes "
                                    + buffers.get(k).name());
                }
            }
            return Math.toIntExact(features.size() / SAMPLES);
        }
    }

    private void requireForm(NDArray features) {
        Shape shape = features.getShape();
        if (features.getDataType() != DataType.FLOAT32 || shape.dimension() < 2 || shape.get(0) != SAMPLES) {
            throw new UnusableModuleException(
                    "a module that gives float32 [batch, features], or more dimensions, which are flattened to that;"
                            + " this one gives %s %s for a batch of %d"
                                    .formatted(features.getDataType(), shape, SAMPLES));
        }
    }

    private static boolean sameBytes(NDArray one, NDArray other) {
        return one.getShape().equals(other.getShape()) && Arrays.equals(one.toByteArray(), other.toByteArray());
    }

    /** Text that trains its parameters, but for those that its features do not depend on. */
    TorchScriptText trainable() {
        List<Slot> slots = parameterSlots();
        if (slots.isEmpty()) {
            throw new UnusableModuleException("for trainable: true, a module with parameters; this one has none:"
                    + " torch.jit.freeze makes them constants");
        }
        TorchScriptText text = new TorchScriptText(module, slots, bufferSlots());
        boolean[] used = used(text);
        return new TorchScriptText(
                module,
                IntStream.range(0, slots.size())
                        .filter(k -> used[k])
                        .mapToObj(slots::get)
                        .toList(),
                text.statistics());
    }

    private List<Slot> parameterSlots() {
        List<Slot> slots = new ArrayList<>();
        try (NDList held = program.infer("parameters_held");
                NDList first = program.infer("first_of_same")) {
            long[] firstOfSame = first.get(0).toLongArray();
            for (int k = 0; k < held.size(); k++) {
                if (firstOfSame[k] == k && isFloat32(parameters.get(k), held.get(k))) {
                    int same = k;
                    List<Place> places = IntStream.range(k, held.size())
                            .filter(j -> firstOfSame[j] == same)
                            .mapToObj(parameters::get)
                            .toList();
                    slots.add(slot(places, held.get(k)));
                }
            }
        }
        return slots;
    }

    private List<Slot> bufferSlots() {
        List<Slot> slots = new ArrayList<>();
        try (NDList held = program.infer("buffers_held")) {
            for (int k = 0; k < held.size(); k++) {
                NDArray buffer = held.get(k);
                // What stands for None has no values.
                if (buffer.size() > 0) {
                    NDArray values = isFloat32(buffers.get(k), buffer) ? buffer : buffer.toType(DataType.FLOAT32, true);
                    slots.add(slot(List.of(buffers.get(k)), values));
                }
            }
        }
        return slots;
    }

    /** Whether it is one of float32; whole numbers and {@code None} are not. */
    private static boolean isFloat32(Place place, NDArray held) {
        if (held.getDataType().isFloating() && held.getDataType() != DataType.FLOAT32) {
            throw new UnusableModuleException(
                    "for trainable: true, a module of float32; " + place.name() + " is " + held.getDataType());
        }
        return held.getDataType() == DataType.FLOAT32;
    }

    private static Slot slot(List<Place> places, NDArray held) {
        for (Place place : places) {
            if (!place.attribute().matches("[A-Za-z_]\\w*")) {
                throw new UnusableModuleException(
                        "for trainable: true, a module whose tensors have names that are words; " + place.name()
                                + " is in a list");
            }
        }
        List<Integer> shape = LongStream.of(held.getShape().getShape())
                .mapToObj(Math::toIntExact)
                .toList();
        Initial values = new Initial.Given(held.toFloatArray());
        return new Slot(places, new ParameterShape("backbone." + places.get(0).name(), shape, values));
    }

    /** Which parameters the features depend on. */
    private boolean[] used(TorchScriptText text) {
        TensorProgram trained = new TensorProgram(manager, LISTS, text.features() + LEARNED, Optional.of(module));
        NDList values = values(text.parameters());
        values.forEach(value -> value.setRequiresGradient(true));
        trained.set("parameters", values);
        trained.set("statistics", values(text.statistics()));
        try (NDList learned = trained.call("learned", samples)) {
            if (learned.get(1).toLongArray()[0] != 0) {
                throw new UnusableModuleException(
                        "for trainable: true, a module without randomness; in training mode, this one gives other features"
                                + " for the same samples");
            }
            return learned.get(0).toBooleanArray();
        }
    }

    private NDList values(List<Slot> slots) {
        NDList values = new NDList();
        for (Slot slot : slots) {
            float[] given = ((Initial.Given) slot.shape().initial()).values();
            long[] shape =
                    slot.shape().shape().stream().mapToLong(Integer::longValue).toArray();
            values.add(manager.create(given, new Shape(shape)));
        }
        return values;
    }
}
