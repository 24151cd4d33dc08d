package io.engram.learning.run;

import io.engram.learning.dataset.Samples;
import io.engram.learning.memory.ReplayMemory;
import io.engram.learning.method.Exemplars;
import io.engram.learning.scenario.Task;
import io.engram.replay.SampleBatch;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Exemplars of a task in the replay memory of a run.
 *
 * @param memory where there is none, nothing is held
 * @param capacity the most it holds
 * @param samples the training set
 * @param classes dense class id of every row of the training set
 * @param batchSize samples that the memory is given at once
 */
record ExemplarMemory(
        Optional<ReplayMemory> memory, int capacity, Samples samples, int[] classes, Task task, int batchSize)
        implements Exemplars {

    @Override
    public void remember(int[] rows) {
        memory.ifPresent(m -> {
            SampleBatch batch = new SampleBatch(batchSize, samples.itemBytes());
            for (int start = 0; start < rows.length; start += batchSize) {
                gather(Arrays.copyOfRange(rows, start, Math.min(rows.length, start + batchSize)), batch);
                m.exchange(batch, 0).await();
            }
        });
    }

    private void gather(int[] rows, SampleBatch batch) {
        batch.resize(rows.length);
        for (int k = 0; k < rows.length; k++) {
            samples.items().copy(rows[k], batch.items(), k * samples.itemBytes());
            batch.labels()[k] = classes[rows[k]];
        }
        Arrays.fill(batch.tasks(), 0, rows.length, task.index());
    }

    @Override
    public void forEachBatch(Consumer<SampleBatch> visitor) {
        memory.ifPresent(m -> m.scan(visitor));
    }
}
