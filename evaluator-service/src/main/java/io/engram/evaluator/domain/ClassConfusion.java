package io.engram.evaluator.domain;

import io.engram.learning.metric.ConfusionMatrix;
import java.util.List;

/**
 * Which class a model takes for which.
 *
 * @param classes what each row and column is, in order of label; classes that the model does not tell apart, since they share a
 *     column of its head, are one, with the label of the first and the names of all
 * @param matrix exact counts
 */
public record ClassConfusion(List<ClassLabel> classes, ConfusionMatrix matrix) {
    /** Copies the classes. */
    public ClassConfusion {
        classes = List.copyOf(classes);
    }
}
