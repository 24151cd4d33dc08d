package io.engram.trainer.replay;

import io.engram.learning.memory.InProcessReplayMemory;
import io.engram.learning.memory.ReplayMemoryFactory;
import io.engram.proto.error.FieldViolation;
import io.engram.proto.name.RunName;
import io.engram.trainer.application.ReplayMemories;
import java.nio.file.Path;
import java.util.Optional;

/** Replay memory on this process's heap, without the buffer service: what benchmarks compare with. */
public final class InProcessMemories implements ReplayMemories {
    private final Path checkpoints;

    /** @param checkpoints where runs have their checkpoints; versions lie beside them and go with them */
    public InProcessMemories(Path checkpoints) {
        this.checkpoints = checkpoints;
    }

    @Override
    public ReplayMemoryFactory of(RunName run, int attempt) {
        Path folder = checkpoints.resolve(run.run()).resolve("memory");
        return (settings, sampleLimit) -> new InProcessReplayMemory(settings, sampleLimit, folder);
    }

    @Override
    public void discard(RunName run, int attempt, Runnable removed) {
        // It went with its process and with the checkpoints.
        removed.run();
    }

    @Override
    public Optional<FieldViolation> refuse(int batchSize, int itemBytes) {
        return Optional.empty();
    }
}
