package io.engram.learning.run;

import io.engram.learning.metric.ConfusionMatrix;
import io.engram.learning.scenario.Batch;
import io.engram.learning.scenario.Scenario;
import io.engram.learning.scenario.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Counts which class was taken for which on the test sets of all tasks learned, in the columns of the head: what shares a column is one
 * class to the model. Allocates nothing while it counts.
 */
final class ConfusionMeter {
    private final int columns;
    private final long[] counts;
    private final List<Set<Integer>> labels;
    private final List<Integer> ascending;

    /**
     * For the classes of some tasks.
     *
     * @param tasks those that the model has learned
     * @param columns of its head
     */
    ConfusionMeter(Scenario scenario, List<Task> tasks, int columns) {
        this.columns = columns;
        counts = new long[Math.multiplyExact(columns, columns)];
        labels =
                Stream.<Set<Integer>>generate(LinkedHashSet::new).limit(columns).toList();
        for (Task task : tasks) {
            task.labels().forEach(label -> labels.get(scenario.denseId(label)).add(label));
        }
        ascending = IntStream.range(0, columns)
                .boxed()
                .sorted(Comparator.comparing(
                        column -> labels.get(column).iterator().next()))
                .toList();
    }

    void add(Batch batch, Inference inference) {
        int[] predictions = inference.predictions();
        for (int k = 0; k < predictions.length; k++) {
            counts[batch.classOf(k) * columns + predictions[k]]++;
        }
    }

    /** Original labels of each row, in order of the first. */
    List<List<Integer>> classes() {
        return ascending.stream()
                .<List<Integer>>map(column -> new ArrayList<>(labels.get(column)))
                .toList();
    }

    /** In the order of {@link #classes}. */
    ConfusionMatrix matrix() {
        long[] ordered = new long[counts.length];
        int next = 0;
        for (int row : ascending) {
            for (int column : ascending) {
                ordered[next++] = counts[row * columns + column];
            }
        }
        return new ConfusionMatrix(columns, ordered);
    }
}
