package io.engram.learning.run;

import io.engram.learning.dataset.Samples;
import io.engram.learning.memory.ReplayMemory;
import io.engram.learning.memory.ReplayMemory.PendingReplay;
import io.engram.learning.scenario.Batch;
import io.engram.learning.scenario.Task;
import io.engram.replay.SampleBatch;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Gives each step its replayed batch and the memory its new samples. What step {@code k} replays was drawn after batch
 * {@code k - 1} was remembered, and is on its way while step {@code k - 1} computes.
 */
final class Rehearsal {
    private final Optional<ReplayMemory> memory;
    private final Samples samples;
    private final int drawn;
    private final SampleBatch remembered;
    private PendingReplay next;

    /** @param memory where there is none, nothing is remembered and nothing replayed */
    Rehearsal(Optional<ReplayMemory> memory, Samples samples, int batchSize, int drawn) {
        this.memory = memory;
        this.samples = samples;
        this.drawn = drawn;
        remembered = new SampleBatch(batchSize, samples.itemBytes());
        next = memory.map(m -> m.exchange(remembered, drawn)).orElse(() -> remembered);
    }

    /** Called before every step. */
    void prepare(Batch batch, Task task) {
        batch.replay(next.await());
        memory.ifPresent(m -> {
            gather(batch, task);
            next = m.exchange(remembered, drawn);
        });
    }

    private void gather(Batch batch, Task task) {
        remembered.resize(batch.size());
        ByteBuffer target = remembered.items();
        int itemBytes = samples.itemBytes();
        for (int k = 0; k < batch.size(); k++) {
            target.put(k * itemBytes, samples.items(), batch.row(k) * itemBytes, itemBytes);
            remembered.labels()[k] = batch.classOf(k);
        }
        Arrays.fill(remembered.tasks(), 0, batch.size(), task.index());
    }
}
