package io.engram.learning.metric;

import java.util.List;

/**
 * How a model did on the test sets of all tasks seen so far.
 *
 * @param tasks by task
 * @param classes what each row of the confusion matrix is, in order of the first label: the original label of a class; where
 *     classes of several tasks share a column of the head, those labels, by task
 * @param confusion counted in the way the scenario asks for, so that its diagonal sums to the right answers of all tasks
 */
public record ModelScore(List<TaskScore> tasks, List<List<Integer>> classes, ConfusionMatrix confusion) {

    /** Copies the lists. */
    public ModelScore {
        tasks = List.copyOf(tasks);
        classes = classes.stream().map(List::copyOf).toList();
        if (classes.size() != confusion.classes()) {
            throw new IllegalArgumentException("the confusion matrix must have a row for each of " + classes.size()
                    + " classes, but has " + confusion.classes());
        }
        long correct = tasks.stream().mapToLong(TaskScore::correct).sum();
        if (correct != confusion.correct()) {
            throw new IllegalArgumentException("the diagonal of the confusion matrix must sum to the " + correct
                    + " right answers of the tasks, but sums to " + confusion.correct());
        }
    }
}
