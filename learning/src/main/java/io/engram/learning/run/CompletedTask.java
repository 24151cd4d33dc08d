package io.engram.learning.run;

import io.engram.learning.artifact.FrozenModel;
import io.engram.learning.checkpoint.Checkpoint;
import io.engram.learning.scenario.Task;
import java.util.function.Supplier;

/**
 * A task that was learned.
 *
 * @param task the task
 * @param model the model after it
 * @param figures what training it took
 * @param checkpoint makes the checkpoint from where the next task begins, until {@link RunListener#taskCompleted} returns
 */
public record CompletedTask(Task task, FrozenModel model, TrainingFigures figures, Supplier<Checkpoint> checkpoint) {}
