package io.engram.trainer.domain;

import io.engram.learning.artifact.ArtifactReference;
import io.engram.learning.run.TrainingFigures;
import java.util.List;

/**
 * A task that was learned and whose model is durable.
 *
 * @param index 0-based
 * @param attempt the attempt that learned it
 * @param labels original labels of the classes it brought
 * @param classNames their names, in the same order
 * @param figures what training it took
 * @param artifact the frozen model
 */
public record LearnedTask(
        int index,
        int attempt,
        List<Integer> labels,
        List<String> classNames,
        TrainingFigures figures,
        ArtifactReference artifact) {
    public LearnedTask {
        labels = List.copyOf(labels);
        classNames = List.copyOf(classNames);
    }
}
