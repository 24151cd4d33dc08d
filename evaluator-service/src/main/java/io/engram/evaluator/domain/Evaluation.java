package io.engram.evaluator.domain;

import io.engram.learning.artifact.ArtifactReference;
import io.engram.learning.metric.Metrics;
import io.engram.learning.metric.NextTaskScore;
import io.engram.learning.metric.TaskScore;
import io.engram.proto.name.TaskName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A frozen model that was scored on every task seen so far.
 *
 * @param sequence grows with every evaluation and every failure that is stored
 * @param task the task after which the model was frozen
 * @param attempt the attempt of the run it is from
 * @param taskCount tasks the run has; 0 where that is open
 * @param scores one for each task up to {@code task}
 * @param nextTask on the task that comes next, where that was scored
 * @param artifact the frozen model
 * @param time when it was scored
 */
public record Evaluation(
        long sequence,
        TaskName task,
        int attempt,
        int taskCount,
        List<ScoredTask> scores,
        Optional<NextTaskScore> nextTask,
        ArtifactReference artifact,
        Instant time)
        implements Outcome {
    /** Copies the scores. */
    public Evaluation {
        scores = List.copyOf(scores);
    }

    /** The same with other scores. */
    public Evaluation withScores(List<ScoredTask> other) {
        return new Evaluation(sequence, task, attempt, taskCount, other, nextTask, artifact, time);
    }

    /** The exact counts, by task. */
    public List<TaskScore> counts() {
        return scores.stream().map(ScoredTask::score).toList();
    }

    /** Mean of the accuracies, percent. */
    public double averageAccuracy() {
        return Metrics.averageAccuracy(counts());
    }
}
