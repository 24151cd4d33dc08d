package io.engram.learning.run;

import io.engram.learning.checkpoint.Checkpoint;

/** What the owner of a run is told, on the thread of the run. An exception from it ends the run. */
public interface RunListener {

    /** A few times a second while a task is trained. */
    void progressed(Progress progress);

    /** After each task. The next task begins when this returns. */
    void taskCompleted(CompletedTask task);

    /**
     * How many steps apart checkpoints are made within a task; 0 for none. Where it is more than 0, one is made at the end of
     * each task, too.
     */
    default long checkpointSteps() {
        return 0;
    }

    /**
     * A checkpoint was made: the run can go on from here. At the end of a task it comes with
     * {@link CompletedTask#checkpoint} instead, so that both can be made durable at once.
     */
    default void checkpointed(Checkpoint checkpoint) {}

    /** Asked before every step; the run ends with {@link RunCancelledException} where it is true. Must be quick. */
    boolean cancellationRequested();
}
