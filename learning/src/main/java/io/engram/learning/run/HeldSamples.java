package io.engram.learning.run;

import io.engram.learning.dataset.Samples;
import io.engram.learning.memory.ReplayMemory;
import io.engram.learning.scenario.Scenario;
import io.engram.learning.scenario.Task;
import io.engram.learning.scenario.TaskSamples;
import io.engram.learning.scenario.TrainLoader;
import io.engram.replay.SampleBatch;
import java.io.ByteArrayOutputStream;
import java.util.stream.IntStream;

/** What a task is trained on where that is what the memory holds. */
final class HeldSamples {
    private final ReplayMemory memory;
    private final Scenario scenario;

    HeldSamples(ReplayMemory memory, Scenario scenario) {
        this.memory = memory;
        this.scenario = scenario;
    }

    /**
     * Offers the memory the samples of a task, each once.
     *
     * @param stream one epoch of it is given
     */
    void offer(Task task, TrainLoader stream, int batchSize) {
        Samples samples = stream.source().samples();
        SampleBatch offered = new SampleBatch(batchSize, samples.itemBytes());
        stream.forEachBatch(batch -> {
            Gathering.gather(offered, batch, samples, task.index());
            memory.exchange(offered, 0).await();
        });
    }

    /** All that the memory holds, copied. */
    TaskSamples all() {
        ByteArrayOutputStream items = new ByteArrayOutputStream();
        IntStream.Builder classes = IntStream.builder();
        IntStream.Builder tasks = IntStream.builder();
        memory.scan(batch -> {
            byte[] bytes = new byte[batch.size() * batch.itemBytes()];
            batch.items().get(bytes);
            items.writeBytes(bytes);
            for (int k = 0; k < batch.size(); k++) {
                classes.add(batch.labels()[k]);
                tasks.add(batch.tasks()[k]);
            }
        });
        return taskSamples(
                items.toByteArray(), classes.build().toArray(), tasks.build().toArray());
    }

    private TaskSamples taskSamples(byte[] items, int[] classes, int[] tasks) {
        int[] rows = IntStream.range(0, classes.length).toArray();
        int[] labels =
                IntStream.of(rows).map(k -> originalLabel(classes[k], tasks[k])).toArray();
        int itemBytes = scenario.dataset().description().itemBytes();
        return new TaskSamples(Samples.copyOf(items, itemBytes, labels), classes, tasks, rows);
    }

    private int originalLabel(int denseId, int task) {
        return scenario.tasks().get(task).labels().stream()
                .filter(label -> scenario.denseId(label) == denseId)
                .findFirst()
                .orElseThrow();
    }
}
