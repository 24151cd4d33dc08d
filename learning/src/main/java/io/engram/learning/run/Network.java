package io.engram.learning.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.engram.learning.artifact.NamedTensor;
import io.engram.learning.backbone.Backbone;
import io.engram.learning.backbone.ParameterShape;
import io.engram.learning.head.LinearHead;
import io.engram.replay.SplitMix64;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Backbone and head with their parameters and the optimiser's state for each. The head grows with the classes: rows of old
 * classes, and their optimiser state, stay as they are bit for bit.
 */
final class Network implements AutoCloseable {
    private final Backbone backbone;
    private final LinearHead head;
    private final int slots;
    private final SplitMix64 random;
    private final NDManager manager;

    private List<ParameterShape> shapes = List.of();
    private final NDList parameters = new NDList();
    private final NDList moments = new NDList();
    private final NDArray clock;

    /**
     * A network without classes and without values.
     *
     * @param slots optimiser state tensors for each parameter
     * @param random gives initial values
     */
    Network(Backbone backbone, int slots, SplitMix64 random, NDManager parent) {
        this.backbone = backbone;
        this.head = new LinearHead(backbone);
        this.slots = slots;
        this.random = random;
        manager = parent.newSubManager();
        clock = manager.create(new double[] {0});
    }

    /** Tensor-program text of {@code features} and {@code logits}. */
    String text() {
        return backbone.features() + head.logits();
    }

    NDList parameters() {
        return parameters;
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
        resetMoments();
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
        List<ParameterShape> grown = new ArrayList<>(backbone.parameters());
        grown.addAll(head.parameters(classes));
        for (int k = 0; k < grown.size(); k++) {
            if (k >= shapes.size()) {
                parameters.add(trained(
                        grown.get(k).shape(),
                        uniform(grown.get(k), Math.toIntExact(grown.get(k).size()))));
                addZeroMoments(parameters.get(k).getShape());
            } else if (!grown.get(k).shape().equals(shapes.get(k).shape())) {
                growRows(k, grown.get(k));
            }
        }
        shapes = List.copyOf(grown);
    }

    /** Copies of all parameters, outside the engine. */
    List<NamedTensor> weights() {
        List<NamedTensor> weights = new ArrayList<>();
        for (int k = 0; k < shapes.size(); k++) {
            weights.add(new NamedTensor(
                    shapes.get(k).name(),
                    shapes.get(k).shape(),
                    parameters.get(k).toFloatArray()));
        }
        return weights;
    }

    /**
     * Takes values from outside in place of initial ones.
     *
     * @throws IllegalArgumentException where they are not the tensors of this network, in order
     */
    void load(List<NamedTensor> weights) {
        if (weights.size() != shapes.size()) {
            throw new IllegalArgumentException("expected " + shapes.size() + " tensors, found " + weights.size());
        }
        for (int k = 0; k < shapes.size(); k++) {
            NamedTensor tensor = weights.get(k);
            if (!tensor.name().equals(shapes.get(k).name())
                    || !tensor.shape().equals(shapes.get(k).shape())) {
                throw new IllegalArgumentException(
                        "expected tensor " + shapes.get(k).name() + " of shape "
                                + shapes.get(k).shape() + ", found " + tensor.name() + " of shape " + tensor.shape());
            }
            parameters.set(k, trained(tensor.shape(), tensor.values())).close();
        }
    }

    /** Appends rows: values old then new, optimiser state old then zero. */
    private void growRows(int k, ParameterShape to) {
        int size = Math.toIntExact(to.size());
        float[] old = parameters.get(k).toFloatArray();
        float[] added = uniform(to, size - old.length);
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

    private float[] uniform(ParameterShape parameter, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (2 * random.nextFloat() - 1) * parameter.bound();
        }
        return values;
    }

    static Shape shape(List<Integer> dimensions) {
        return new Shape(dimensions.stream().mapToLong(Integer::longValue).toArray());
    }

    @Override
    public void close() {
        manager.close();
    }
}
