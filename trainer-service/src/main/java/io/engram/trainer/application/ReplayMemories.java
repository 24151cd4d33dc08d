package io.engram.trainer.application;

import io.engram.learning.memory.ReplayMemoryFactory;
import io.engram.proto.error.FieldViolation;
import io.engram.proto.name.RunName;
import java.util.Optional;

/** Where runs have their replay memory. Used from any thread. */
public interface ReplayMemories {
    /**
     * Makes the memory of one attempt: empty, and cut off from earlier attempts. What those committed can be restored, where
     * it is kept outside their process.
     */
    ReplayMemoryFactory of(RunName run, int attempt);

    /**
     * Removes what is left of a run that has ended, committed versions too; does its best, and does not wait for it. A memory
     * that was closed left something only where it had versions.
     *
     * @param removed called when nothing is left, on any thread; not where the memory cannot be reached
     */
    void discard(RunName run, int attempt, Runnable removed);

    /** Why samples of this size cannot be drawn in batches of this size, if they cannot. */
    Optional<FieldViolation> refuse(int batchSize, int itemBytes);
}
