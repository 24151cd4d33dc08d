package io.engram.learning.run;

import io.engram.learning.checkpoint.Checkpoint;
import java.util.function.Supplier;

/** What the owner of a run is told, on the thread of the run. An exception from it ends the run. */
public interface RunListener {

    /** A few times a second while a task is trained. */
    void progressed(Progress progress);

    /** After each task. The next task begins when this returns. */
    void taskCompleted(CompletedTask task);

    /**
     * The run can go on from here, within a task: the spec says so, or {@link #suspensionRequested} was true. At the end of a task
     * a checkpoint comes with {@link CompletedTask} instead, so that both can be made durable together.
     *
     * @param checkpoint makes it, which commits the memory, until this returns
     */
    default void checkpointDue(Supplier<Checkpoint> checkpoint) {}

    /**
     * Asked before every step: where it is true, the run ends with {@link RunSuspendedException} between the next two steps at
     * which nothing is under way, after {@link #checkpointDue}. Must be quick.
     */
    default boolean suspensionRequested() {
        return false;
    }

    /** Asked before every step; the run ends with {@link RunCancelledException} where it is true. Must be quick. */
    boolean cancellationRequested();
}
