package io.engram.trainer.replay;

import io.engram.learning.memory.InProcessReplayMemory;
import io.engram.learning.memory.ReplayMemoryFactory;
import io.engram.proto.error.FieldViolation;
import io.engram.proto.name.RunName;
import io.engram.trainer.application.ReplayMemories;
import java.util.Optional;

/** Replay memory on this process's heap, without the buffer service: what benchmarks compare with. */
public final class InProcessMemories implements ReplayMemories {
    @Override
    public ReplayMemoryFactory of(RunName run, int attempt) {
        return InProcessReplayMemory::new;
    }

    @Override
    public void discard(RunName run, int attempt) {
        // it went with its process
    }

    @Override
    public Optional<FieldViolation> refuse(int batchSize, int itemBytes) {
        return Optional.empty();
    }
}
