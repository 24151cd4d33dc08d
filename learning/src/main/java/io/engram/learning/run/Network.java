package io.engram.learning.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.engram.learning.artifact.NamedTensor;
import io.engram.learning.backbone.Backbone;
import io.engram.learning.backbone.ParameterShape;
import io.engram.learning.checkpoint.CorruptCheckpointException;
import io.engram.learning.checkpoint.StoredTensor;
import io.engram.learning.head.Head;
import io.engram.learning.tensor.ScriptModule;
import io.engram.replay.SplitMix64;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Backbone and head with their parameters, statistics and the optimiser's state for each parameter. The head grows with the classes: rows of old
 * classes, and their optimiser state, stay as they are bit for bit.
 */
final class Network implements AutoCloseable {
    private final Backbone backbone;
    private final Head head;
    private final int slots;
    private InitialValues initial;
    private final NDManager manager;

    private List<ParameterShape> shapes = List.of();
    private final NDList parameters = new NDList();
    private final NDList statistics = new NDList();
    private final NDList moments = new NDList();
    private final NDArray clock;

    /**
     * A network without classes and without values.
     *
     * @param slots optimiser state tensors for each parameter
     * @param random gives initial values
     */
    Network(Backbone backbone, Head head, int slots, SplitMix64 random, NDManager parent) {
        this.backbone = backbone;
        this.head = head;
        this.slots = slots;
        initial = new InitialValues(random);
        manager = parent.newSubManager();
        clock = manager.create(new double[] {0});
        resetStatistics();
    }

    /** Tensor-program text of what {@link io.engram.learning.method.Method} says a method may call of the network. */
    String text() {
        return backbone.features()
                + backbone.layerInputs()
                + backbone.stages()
                + head.text()
                + FORMS.formatted(backbone.featureSize());
    }

    private static final String FORMS = """
            def features(self, x: Tensor) -> Tensor:
              return self.features_of(self.parameters, self.statistics, True, x)
            def logits(self, x: Tensor) -> Tensor:
              return self.classified(self.parameters, self.features(x))
            def logits_of(self, p: List[Tensor], s: List[Tensor], x: Tensor) -> Tensor:
              return self.classified(p, self.features_of(p, s, False, x))
            def class_count(self, p: List[Tensor]) -> int:
              return torch.size(p[-1], 0)
            def zeros_of_classes(self) -> List[Tensor]:
              classes = self.class_count(self.parameters)
              where = ops.prim.device(self.parameters[-1])
              return [torch.zeros([classes, %d], dtype=6, device=where), torch.zeros([classes], dtype=6, device=where)]
            def normalised(self, features: Tensor) -> Tensor:
              return torch.div(features, torch.clamp_min(torch.norm(features, 2, [1], True), 1e-12))
            """;

    /** A module that its text calls. */
    Optional<ScriptModule> module() {
        return backbone.module();
    }

    /** Classes the head knows. */
    int classes() {
        return Math.toIntExact(parameters.get(parameters.size() - 1).getShape().get(0));
    }

    int featureSize() {
        return backbone.featureSize();
    }

    NDList parameters() {
        return parameters;
    }

    NDList statistics() {
        return statistics;
    }

    NDList moments() {
        return moments;
    }

    NDArray clock() {
        return clock;
    }

    /** Draws new initial values for everything, with no classes. */
    void startOver() {
        shapes = List.of();
        parameters.forEach(NDArray::close);
        parameters.clear();
        resetStatistics();
        resetMoments();
    }

    private void resetStatistics() {
        statistics.forEach(NDArray::close);
        statistics.clear();
        for (ParameterShape shape : backbone.statistics()) {
            statistics.add(manager.create(initial.of(shape, Math.toIntExact(shape.size())), shape(shape.shape())));
        }
    }

    long randomState() {
        return initial.random().state();
    }

    /** Takes values, optimiser state and the state of the generator; the head has grown before. */
    void resume(Map<String, List<StoredTensor>> tensors, long randomState) {
        replace(parameters, tensors.get("parameters"));
        parameters.forEach(p -> p.setRequiresGradient(true));
        replace(statistics, tensors.get("statistics"));
        replace(moments, tensors.get("moments"));
        clock.set(StoredTensors.loaded(tensors.get("clock").get(0), manager).toDoubleArray());
        initial = new InitialValues(SplitMix64.ofState(randomState));
    }

    private void replace(NDList list, List<StoredTensor> stored) {
        if (list.size() != stored.size()) {
            throw new CorruptCheckpointException(
                    "the checkpoint holds " + stored.size() + " tensors where the network has " + list.size());
        }
        for (int k = 0; k < list.size(); k++) {
            Shape expected = list.get(k).getShape();
            if (!expected.equals(shape(stored.get(k).shape()))) {
                throw new CorruptCheckpointException("the checkpoint holds a tensor of shape "
                        + stored.get(k).shape() + " where the network has " + expected);
            }
            list.set(k, StoredTensors.loaded(stored.get(k), manager)).close();
        }
    }

    /** Forgets the optimiser's state. */
    void resetMoments() {
        moments.forEach(NDArray::close);
        moments.clear();
        parameters.forEach(p -> addZeroMoments(p.getShape()));
        clock.set(new double[] {0});
    }

    /** Grows the head to a number of classes, at least as many as it has. */
    void grow(int classes) {
        List<ParameterShape> grown = shapes(classes);
        for (int k = 0; k < grown.size(); k++) {
            if (k >= shapes.size()) {
                parameters.add(trained(
                        grown.get(k).shape(),
                        initial.of(grown.get(k), Math.toIntExact(grown.get(k).size()))));
                addZeroMoments(parameters.get(k).getShape());
            } else if (!grown.get(k).shape().equals(shapes.get(k).shape())) {
                growRows(k, grown.get(k));
            }
        }
        shapes = grown;
    }

    private List<ParameterShape> shapes(int classes) {
        return Stream.concat(backbone.parameters().stream(), head.parameters(classes).stream())
                .toList();
    }

    /** Copies of all parameters, then of all statistics, outside the engine. */
    List<NamedTensor> weights() {
        List<NamedTensor> weights = new ArrayList<>();
        for (int k = 0; k < shapes.size(); k++) {
            weights.add(copy(shapes.get(k), parameters.get(k)));
        }
        for (int k = 0; k < statistics.size(); k++) {
            weights.add(copy(backbone.statistics().get(k), statistics.get(k)));
        }
        return weights;
    }

    static NamedTensor copy(ParameterShape shape, NDArray values) {
        return new NamedTensor(shape.name(), shape.shape(), values.toFloatArray());
    }

    /**
     * Takes on the form for a number of classes and values from outside, without drawing any. An optimiser's state is neither made
     * nor changed.
     *
     * @throws IllegalArgumentException where they are not the tensors of this network, in order: then nothing changed
     */
    void load(int classes, List<NamedTensor> weights) {
        List<ParameterShape> grown = shapes(classes);
        requireForms(
                Stream.concat(grown.stream(), backbone.statistics().stream()).toList(), weights);
        parameters.forEach(NDArray::close);
        parameters.clear();
        statistics.forEach(NDArray::close);
        statistics.clear();
        weights.subList(0, grown.size()).forEach(w -> parameters.add(trained(w.shape(), w.values())));
        weights.subList(grown.size(), weights.size())
                .forEach(w -> statistics.add(manager.create(w.values(), shape(w.shape()))));
        shapes = grown;
    }

    /** @throws IllegalArgumentException where the tensors are not the expected ones, in order */
    static void requireForms(List<ParameterShape> expected, List<NamedTensor> found) {
        if (found.size() != expected.size()) {
            throw new IllegalArgumentException("expected " + expected.size() + " tensors, found " + found.size());
        }
        for (int k = 0; k < expected.size(); k++) {
            requireForm(expected.get(k), found.get(k));
        }
    }

    private static void requireForm(ParameterShape expected, NamedTensor found) {
        if (!found.name().equals(expected.name()) || !found.shape().equals(expected.shape())) {
            throw new IllegalArgumentException("expected tensor " + expected.name() + " of shape " + expected.shape()
                    + ", found " + found.name() + " of shape " + found.shape());
        }
    }

    /** Appends rows: values old then new, optimiser state old then zero. */
    private void growRows(int k, ParameterShape to) {
        int size = Math.toIntExact(to.size());
        float[] old = parameters.get(k).toFloatArray();
        float[] added = initial.of(to, size - old.length);
        float[] values = Arrays.copyOf(old, size);
        System.arraycopy(added, 0, values, old.length, added.length);
        parameters.set(k, trained(to.shape(), values)).close();
        for (int slot = k * slots; slot < (k + 1) * slots; slot++) {
            float[] state = Arrays.copyOf(moments.get(slot).toFloatArray(), size);
            moments.set(slot, manager.create(state, shape(to.shape()))).close();
        }
    }

    private void addZeroMoments(Shape shape) {
        for (int slot = 0; slot < slots; slot++) {
            moments.add(manager.zeros(shape));
        }
    }

    private NDArray trained(List<Integer> shape, float[] values) {
        NDArray parameter = manager.create(values, shape(shape));
        parameter.setRequiresGradient(true);
        return parameter;
    }

    static Shape shape(List<Integer> dimensions) {
        return new Shape(dimensions.stream().mapToLong(Integer::longValue).toArray());
    }

    @Override
    public void close() {
        manager.close();
    }
}
