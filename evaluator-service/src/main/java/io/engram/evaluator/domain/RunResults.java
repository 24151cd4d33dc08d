package io.engram.evaluator.domain;

import io.engram.learning.metric.AccuracyMatrix;
import io.engram.learning.metric.NextTaskScore;
import io.engram.learning.metric.TaskScore;
import io.engram.proto.name.RunName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is known of a run.
 *
 * @param run its name
 * @param title what it is called and made of
 * @param scenario how its tasks relate, in words; absent where it was evaluated before that was kept
 * @param taskCount tasks it has; 0 where that is open
 * @param evaluations by task; a task whose model could not be scored is not among them
 * @param failures models that could not be scored, by task
 */
public record RunResults(
        RunName run,
        RunTitle title,
        Optional<String> scenario,
        int taskCount,
        List<Evaluation> evaluations,
        List<EvaluationFailure> failures) {
    /** Copies the lists. */
    public RunResults {
        evaluations = List.copyOf(evaluations);
        failures = List.copyOf(failures);
    }

    /** The accuracy matrix as far as it has no gap. */
    public AccuracyMatrix matrix() {
        return matrix(Optional::of);
    }

    /**
     * The same, counted another way, as far as there are such counts.
     *
     * @param counted the score to take in place of each
     */
    public AccuracyMatrix matrix(Function<TaskScore, Optional<TaskScore>> counted) {
        List<List<TaskScore>> rows = new ArrayList<>();
        for (Evaluation evaluation : evaluations) {
            List<TaskScore> row = evaluation.counts().stream()
                    .flatMap(score -> counted.apply(score).stream())
                    .toList();
            if (evaluation.task().taskIndex() != rows.size() || row.size() != rows.size() + 1) {
                break;
            }
            rows.add(row);
        }
        return new AccuracyMatrix(rows);
    }

    /** Scores on each task of the matrix but the first, before it was learned; empty where one is missing. */
    public List<NextTaskScore> nextTaskScores() {
        int tasks = Math.max(0, matrix().size() - 1);
        List<NextTaskScore> scores = evaluations.stream()
                .limit(tasks)
                .flatMap(evaluation -> evaluation.nextTask().stream())
                .toList();
        return scores.size() == tasks ? scores : List.of();
    }
}
