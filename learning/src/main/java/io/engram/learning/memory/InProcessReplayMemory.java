package io.engram.learning.memory;

import io.engram.replay.BufferSettings;
import io.engram.replay.ReplayBuffer;
import io.engram.replay.SampleBatch;

/** The state machine of the buffer service, called directly. */
public final class InProcessReplayMemory implements ReplayMemory {
    private final ReplayBuffer buffer;
    private final SampleBatch[] drawn;
    private int next;

    /** @param sampleLimit the most samples an exchange will draw */
    public InProcessReplayMemory(BufferSettings settings, int sampleLimit) {
        buffer = new ReplayBuffer(settings);
        drawn = new SampleBatch[] {
            new SampleBatch(sampleLimit, settings.itemBytes()), new SampleBatch(sampleLimit, settings.itemBytes())
        };
    }

    @Override
    public PendingReplay exchange(SampleBatch remember, int draw) {
        SampleBatch batch = drawn[next];
        next = 1 - next;
        buffer.insert(remember);
        buffer.sample(draw, batch);
        return () -> batch;
    }

    @Override
    public void close() {
        // the heap is all it holds
    }
}
