package io.engram.trainer.application;

import io.engram.learning.checkpoint.CheckpointStore;
import io.engram.proto.name.RunName;
import java.util.List;

/** Where runs have their checkpoints, all trainers the same place. Used from any thread. */
public interface Checkpoints {
    /** The checkpoints of a run, as one attempt reads and writes them. */
    CheckpointStore of(RunName run, int attempt);

    /** Runs that have any, ended ones too. */
    List<RunName> runs();

    /** Removes all that a run has; does its best. */
    void discard(RunName run);
}
