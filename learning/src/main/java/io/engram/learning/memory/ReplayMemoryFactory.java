package io.engram.learning.memory;

import io.engram.replay.BufferSettings;

/** Makes the replay memory of a run. */
@FunctionalInterface
public interface ReplayMemoryFactory {

    /**
     * @param settings what the memory is made with
     * @param sampleLimit the most samples an exchange will remember or draw
     * @throws ReplayMemoryException where it cannot be made
     */
    ReplayMemory create(BufferSettings settings, int sampleLimit);
}
