package io.engram.evaluator.domain;

import io.engram.learning.metric.TaskScore;
import java.util.List;

/**
 * The score on the test set of one task.
 *
 * @param score exact counts
 * @param classes the classes of the task
 */
public record ScoredTask(TaskScore score, List<ClassLabel> classes) {
    /** Copies the classes. */
    public ScoredTask {
        classes = List.copyOf(classes);
    }
}
