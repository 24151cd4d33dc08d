package io.engram.learning.run;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.engram.learning.dataset.DatasetDescription;
import io.engram.learning.dataset.SampleItems;
import io.engram.learning.dataset.Samples;
import io.engram.learning.scenario.TaskSamples;
import io.engram.learning.tensor.TensorProgram;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Samples as tensors of {@code uint8}, and the text that turns rows of them into inputs: float32 values of 0 to 1, normalised where the
 * data set says how. A device of its own memory holds all of them where they take no more than {@link
 * io.engram.learning.dataset.SampleStorage#deviceLimit}; otherwise those of each batch are gathered by the CPU and sent. The CPU itself
 * uses them where they are, without a copy.
 */
final class SampleTensors {
    private final DatasetDescription dataset;
    private Optional<Samples> held = Optional.empty();
    private Optional<NDManager> holder = Optional.empty();

    SampleTensors(DatasetDescription dataset) {
        this.dataset = dataset;
    }

    /**
     * Text of {@code items_of(rows)}, {@code inputs_of(rows)}, {@code classes_of(rows)}, {@code tasks_of(rows)}, {@code
     * scaled(items)}, {@code shaped(items)} and {@code on_device(tensor)}. Rows are on the CPU.
     */
    String text() {
        return """
                def on_device(self, t: Tensor) -> Tensor:
                  return torch.to(t, ops.prim.device(self.data[0]))
                def scaled(self, items: Tensor) -> Tensor:
                  return %s
                def items_of(self, rows: Tensor) -> Tensor:
                  if torch.eq(len(self.items), 1):
                    held = self.items[0]
                    items = torch.index_select(held, 0, torch.to(rows, ops.prim.device(held)))
                  else:
                    items = self.items_of_parts(rows)
                  return self.on_device(items)
                def items_of_parts(self, rows: Tensor) -> Tensor:
                  in_part = torch.size(self.items[0], 0)
                  items = annotate(List[Tensor], [])
                  for k in range(torch.size(rows, 0)):
                    row = int(torch.select(rows, 0, k))
                    part = self.items[torch.floordiv(row, in_part)]
                    torch.append(items, torch.select(part, 0, torch.remainder(row, in_part)))
                  return torch.stack(items)
                def inputs_of(self, rows: Tensor) -> Tensor:
                  return self.scaled(self.items_of(rows))
                def classes_of(self, rows: Tensor) -> Tensor:
                  return torch.index_select(self.data[0], 0, self.on_device(rows))
                def tasks_of(self, rows: Tensor) -> Tensor:
                  return torch.index_select(self.data[1], 0, self.on_device(rows))
                def shaped(self, items: Tensor) -> Tensor:
                  return torch.reshape(items, [-1, %s])
                """.formatted(
                scaled(), dataset.sampleShape().stream().map(String::valueOf).collect(Collectors.joining(", ")));
    }

    private String scaled() {
        String quotient = "torch.div(torch.to(items, 6), %d.)".formatted(dataset.maximum());
        return dataset.normalisation().isEmpty()
                ? quotient
                : "torch.div_(torch.sub_(%s, self.data[2]), self.data[3])".formatted(quotient);
    }

    /** Makes rows mean rows of these samples, in place of those before. */
    void use(TaskSamples set, TensorProgram program, NDManager manager) {
        if (held.isPresent() && held.get() == set.samples()) {
            return;
        }
        Optional<NDManager> before = holder;
        NDManager own = manager.newSubManager();
        program.set("items", items(set.samples().items(), own));
        program.set("data", data(set, own));
        holder = Optional.of(own);
        held = Optional.of(set.samples());
        before.ifPresent(NDManager::close);
    }

    /** Samples {@code [n, channels, height, width]} uint8, in as many tensors as there are buffers. */
    private NDList items(SampleItems items, NDManager manager) {
        boolean fits = items.bytes() <= items.storage().deviceLimit();
        NDManager where = fits ? manager : manager.newSubManager(Device.cpu());
        NDList tensors = new NDList();
        for (ByteBuffer part : items.parts()) {
            Shape shape = new Shape(part.capacity() / items.itemBytes()).addAll(Network.shape(dataset.sampleShape()));
            tensors.add(where.create(part, shape, DataType.UINT8));
        }
        return tensors;
    }

    /** Dense class ids {@code [n]} int64 and tasks {@code [n]} int64; mean and deviation {@code [channels, 1, 1]} where the data set
     * has them. */
    private NDList data(TaskSamples set, NDManager manager) {
        NDList all = new NDList(
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
