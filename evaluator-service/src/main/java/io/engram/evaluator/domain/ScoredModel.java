package io.engram.evaluator.domain;

import io.engram.learning.metric.NextTaskScore;
import java.util.List;
import java.util.Optional;

/**
 * What scoring a frozen model gave.
 *
 * @param tasks one score for each task up to the model's own, in order
 * @param nextTask on the task that comes next, where it can be scored
 * @param confusion which class it takes for which, on the test sets of the tasks up to its own
 * @param scenario how the tasks of the run relate, in words
 */
public record ScoredModel(
        List<ScoredTask> tasks, Optional<NextTaskScore> nextTask, ClassConfusion confusion, String scenario) {
    /** Copies the scores. */
    public ScoredModel {
        tasks = List.copyOf(tasks);
    }
}
