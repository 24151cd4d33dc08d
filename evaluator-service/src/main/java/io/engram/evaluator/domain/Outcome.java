package io.engram.evaluator.domain;

import io.engram.proto.name.TaskName;

/** What became of a frozen model: it was scored, or it could not be. */
public sealed interface Outcome permits Evaluation, EvaluationFailure {
    /** Grows with every outcome that is stored. */
    long sequence();

    /** The task after which the model was frozen. */
    TaskName task();

    /** Tasks the run has; 0 where that is open. */
    int taskCount();

    /** Whether it is of the last task that the run has. */
    default boolean isLast() {
        return taskCount() > 0 && task().taskIndex() == taskCount() - 1;
    }
}
