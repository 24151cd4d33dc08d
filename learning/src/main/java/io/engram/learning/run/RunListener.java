package io.engram.learning.run;

/** What the owner of a run is told, on the thread of the run. An exception from it ends the run. */
public interface RunListener {

    /** A few times a second while a task is trained. */
    void progressed(Progress progress);

    /** After each task. The next task begins when this returns. */
    void taskCompleted(CompletedTask task);

    /** Asked before every step; the run ends with {@link RunCancelledException} where it is true. Must be quick. */
    boolean cancellationRequested();
}
