package io.engram.trainer.application;

import io.engram.learning.memory.ReplayMemoryFactory;
import io.engram.proto.error.FieldViolation;
import io.engram.proto.name.RunName;
import java.util.Optional;

/** Where runs have their replay memory. Used from any thread. */
public interface ReplayMemories {
    /** Makes the memory of one attempt, and removes what earlier attempts left. */
    ReplayMemoryFactory of(RunName run, int attempt);

    /** Removes what a trainer that is gone left behind; does its best, and does not wait for it. */
    void discard(RunName run, int attempt);

    /** Why samples of this size cannot be drawn in batches of this size, if they cannot. */
    Optional<FieldViolation> refuse(int batchSize, int itemBytes);
}
