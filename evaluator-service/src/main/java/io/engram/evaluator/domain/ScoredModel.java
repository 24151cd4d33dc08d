package io.engram.evaluator.domain;

import io.engram.learning.metric.NextTaskScore;
import java.util.List;
import java.util.Optional;

/**
 * What scoring a frozen model gave.
 *
 * @param tasks one score for each task up to the model's own, in order
 * @param nextTask on the task that comes next, where it can be scored
 * @param scenario how the tasks of the run relate, in words
 */
public record ScoredModel(List<ScoredTask> tasks, Optional<NextTaskScore> nextTask, String scenario) {
    /** Copies the scores. */
    public ScoredModel {
        tasks = List.copyOf(tasks);
    }
}
