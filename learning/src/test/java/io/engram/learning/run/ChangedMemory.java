package io.engram.learning.run;

import io.engram.learning.memory.InProcessReplayMemory;
import io.engram.learning.memory.ReplayMemory;
import io.engram.replay.BufferSettings;
import io.engram.replay.SampleBatch;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/** A memory in process, of which a test changes the exchange. */
abstract class ChangedMemory implements ReplayMemory {
    final ReplayMemory memory;

    ChangedMemory(BufferSettings settings, int limit) {
        memory = new InProcessReplayMemory(settings, limit);
    }

    @Override
    public long commit() {
        return memory.commit();
    }

    @Override
    public void restore(long version) {
        memory.restore(version);
    }

    @Override
    public void scan(Consumer<SampleBatch> visitor) {
        memory.scan(visitor);
    }

    @Override
    public void close() {
        memory.close();
    }

    /** As on a wire. */
    static SampleBatch copy(SampleBatch batch) {
        ByteBuffer items = ByteBuffer.allocateDirect(batch.size() * batch.itemBytes());
        items.put(batch.items()).flip();
        return SampleBatch.over(
                items,
                batch.itemBytes(),
                Arrays.copyOf(batch.labels(), batch.size()),
                Arrays.copyOf(batch.tasks(), batch.size()));
    }
}
