package io.engram.trainer.application;

import io.engram.learning.checkpoint.CheckpointStore;
import io.engram.proto.name.RunName;
import java.util.List;

/** Where runs have their checkpoints, all trainers the same place. Used from any thread. */
public interface Checkpoints {
    /** The checkpoints of a run, as one attempt reads and writes them. */
    CheckpointStore of(RunName run, int attempt);

    /** Runs that have or had any and were not forgotten. */
    List<RunName> runs();

    /** Removes all that a run has; does its best. */
    void discard(RunName run);

    /** Nothing is left of a run, here or elsewhere: it is not among {@link #runs} any more. */
    void forget(RunName run);
}
