package io.engram.learning.run;

import io.engram.learning.dataset.Samples;
import io.engram.learning.memory.ReplayMemory;
import io.engram.learning.memory.ReplayMemory.PendingReplay;
import io.engram.learning.scenario.Batch;
import io.engram.learning.scenario.Task;
import io.engram.replay.SampleBatch;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/**
 * Gives each step its replayed batch and the memory its new samples. What step {@code k} replays is drawn after batch
 * {@code k - 1} was remembered and before batch {@code k} is, and is on its way while earlier steps compute.
 */
final class Rehearsal {
    private final Optional<ReplayMemory> memory;
    private final Samples samples;
    private final int drawn;
    private final SampleBatch remembered;
    private final Deque<PendingReplay> underWay = new ArrayDeque<>();

    /** @param memory where there is none, nothing is remembered and nothing replayed */
    Rehearsal(Optional<ReplayMemory> memory, Samples samples, int batchSize, int drawn) {
        this.memory = memory;
        this.samples = samples;
        this.drawn = drawn;
        remembered = new SampleBatch(batchSize, samples.itemBytes());
        memory.ifPresent(m -> underWay.add(m.exchange(remembered, drawn)));
    }

    /** How many batches may be remembered before their step. */
    int lookahead() {
        return memory.map(ReplayMemory::lookahead).orElse(1);
    }

    /** Called once for every batch, in order, before its step. */
    void remember(Batch batch, Task task) {
        memory.ifPresent(m -> {
            gather(batch, task);
            underWay.add(m.exchange(remembered, drawn));
        });
    }

    /** Called before every step. */
    void prepare(Batch batch) {
        batch.replay(memory.isPresent() ? underWay.remove().await() : remembered);
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
