package io.engram.learning.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.engram.learning.dataset.DatasetDescription;
import io.engram.learning.dataset.Samples;
import io.engram.learning.scenario.Scenario;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Samples that stay in native memory as {@code uint8}, and the text that turns rows of them into inputs: float32 values of
 * 0 to 1, normalised where the data set says how.
 */
record ResidentData(Scenario scenario, Samples samples) {

    /** Text of {@code inputs_of(rows)}, {@code classes_of(rows)}, {@code tasks_of(rows)}, {@code scaled(items)},
     * {@code shaped(items)} and {@code on_device(tensor)}. */
    String text() {
        return """
                def on_device(self, t: Tensor) -> Tensor:
                  return torch.to(t, ops.prim.device(self.data[0]))
                def scaled(self, items: Tensor) -> Tensor:
                  return %s
                def inputs_of(self, rows: Tensor) -> Tensor:
                  return self.scaled(torch.index_select(self.data[0], 0, self.on_device(rows)))
                def classes_of(self, rows: Tensor) -> Tensor:
                  return torch.index_select(self.data[1], 0, self.on_device(rows))
                def tasks_of(self, rows: Tensor) -> Tensor:
                  return torch.index_select(self.data[2], 0, self.on_device(rows))
                def shaped(self, items: Tensor) -> Tensor:
                  return torch.reshape(items, [-1, %s])
                """.formatted(
                        scaled(scenario.dataset().description()),
                        scenario.dataset().description().sampleShape().stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(", ")));
    }

    private static String scaled(DatasetDescription dataset) {
        String quotient = "torch.div(torch.to(items, 6), %d.)".formatted(dataset.maximum());
        return dataset.normalisation().isEmpty()
                ? quotient
                : "torch.div_(torch.sub_(%s, self.data[3]), self.data[4])".formatted(quotient);
    }

    /** Samples {@code [n, channels, height, width]} uint8, dense class ids {@code [n]} int64 and tasks {@code [n]} int64; mean
     * and deviation {@code [channels, 1, 1]} where the data set has them. On a CPU samples are not copied. */
    NDList tensors(NDManager manager) {
        List<Integer> shape = scenario.dataset().description().sampleShape();
        NDArray items = manager.create(
                samples.items().duplicate().clear(),
                new Shape(samples.size()).addAll(Network.shape(shape)),
                DataType.UINT8);
        NDList tensors = new NDList(
                items,
                manager.create(
                        Arrays.stream(scenario.denseIds(samples)).asLongStream().toArray()),
                manager.create(
                        Arrays.stream(scenario.tasksOf(samples)).asLongStream().toArray()));
        scenario.dataset().description().normalisation().ifPresent(n -> {
            tensors.add(perChannel(manager, n.mean()));
            tensors.add(perChannel(manager, n.deviation()));
        });
        return tensors;
    }

    private static NDArray perChannel(NDManager manager, List<Float> values) {
        float[] array = new float[values.size()];
        for (int channel = 0; channel < array.length; channel++) {
            array[channel] = values.get(channel);
        }
        return manager.create(array, new Shape(array.length, 1, 1));
    }
}
