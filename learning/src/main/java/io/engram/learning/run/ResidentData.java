package io.engram.learning.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.engram.learning.dataset.DatasetDescription;
import io.engram.learning.dataset.Samples;
import io.engram.learning.scenario.TaskSamples;
import io.engram.learning.tensor.TensorProgram;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Samples that stay in native memory as {@code uint8}, and the text that turns rows of them into inputs: float32 values of
 * 0 to 1, normalised where the data set says how.
 */
final class ResidentData {
    private final DatasetDescription dataset;
    private Optional<Samples> held = Optional.empty();
    private NDList tensors = new NDList();

    ResidentData(DatasetDescription dataset) {
        this.dataset = dataset;
    }

    /**
     * Text of {@code items_of(rows)}, {@code inputs_of(rows)}, {@code classes_of(rows)}, {@code tasks_of(rows)}, {@code
     * scaled(items)}, {@code shaped(items)} and {@code on_device(tensor)}.
     */
    String text() {
        return """
                def on_device(self, t: Tensor) -> Tensor:
                  return torch.to(t, ops.prim.device(self.data[0]))
                def scaled(self, items: Tensor) -> Tensor:
                  return %s
                def items_of(self, rows: Tensor) -> Tensor:
                  return torch.index_select(self.data[0], 0, self.on_device(rows))
                def inputs_of(self, rows: Tensor) -> Tensor:
                  return self.scaled(self.items_of(rows))
                def classes_of(self, rows: Tensor) -> Tensor:
                  return torch.index_select(self.data[1], 0, self.on_device(rows))
                def tasks_of(self, rows: Tensor) -> Tensor:
                  return torch.index_select(self.data[2], 0, self.on_device(rows))
                def shaped(self, items: Tensor) -> Tensor:
                  return torch.reshape(items, [-1, %s])
                """.formatted(
                scaled(), dataset.sampleShape().stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }

    private String scaled() {
        String quotient = "torch.div(torch.to(items, 6), %d.)".formatted(dataset.maximum());
        return dataset.normalisation().isEmpty()
                ? quotient
                : "torch.div_(torch.sub_(%s, self.data[3]), self.data[4])".formatted(quotient);
    }

    /** Makes rows mean rows of these samples, in place of those before. */
    void use(TaskSamples set, TensorProgram program, NDManager manager) {
        if (held.isPresent() && held.get() == set.samples()) {
            return;
        }
        NDList before = tensors;
        tensors = tensors(set, manager);
        program.set("data", tensors);
        before.close();
        held = Optional.of(set.samples());
    }

    /** Samples {@code [n, channels, height, width]} uint8, dense class ids {@code [n]} int64 and tasks {@code [n]} int64; mean
     * and deviation {@code [channels, 1, 1]} where the data set has them. On a CPU samples are not copied. */
    private NDList tensors(TaskSamples set, NDManager manager) {
        NDArray items = manager.create(
                set.samples().items().duplicate().clear(),
                new Shape(set.samples().size()).addAll(Network.shape(dataset.sampleShape())),
                DataType.UINT8);
        NDList all = new NDList(
                items,
                manager.create(Arrays.stream(set.classes()).asLongStream().toArray()),
                manager.create(Arrays.stream(set.tasks()).asLongStream().toArray()));
        dataset.normalisation().ifPresent(n -> {
            all.add(perChannel(manager, n.mean()));
            all.add(perChannel(manager, n.deviation()));
        });
        return all;
    }

    private static NDArray perChannel(NDManager manager, List<Float> values) {
        float[] array = new float[values.size()];
        for (int channel = 0; channel < array.length; channel++) {
            array[channel] = values.get(channel);
        }
        return manager.create(array, new Shape(array.length, 1, 1));
    }
}
