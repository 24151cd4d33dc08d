package io.engram.learning.run;

import io.engram.learning.artifact.FrozenModel;
import io.engram.learning.checkpoint.Checkpoint;
import io.engram.learning.scenario.Task;
import java.util.List;
import java.util.function.Supplier;

/**
 * A task that was learned.
 *
 * @param task the task
 * @param model the model after it
 * @param figures what training it took
 * @param curve its training curve, at most {@value CurveMeter#MOST_POINTS} points
 * @param checkpoint makes the checkpoint from where the next task begins, until {@link RunListener#taskCompleted} returns
 */
public record CompletedTask(
        Task task,
        FrozenModel model,
        TrainingFigures figures,
        List<CurvePoint> curve,
        Supplier<Checkpoint> checkpoint) {}
