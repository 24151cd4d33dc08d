package io.engram.learning.run;

import io.engram.learning.artifact.FrozenModel;
import io.engram.learning.checkpoint.Checkpoint;
import io.engram.learning.scenario.Task;
import java.util.Optional;

/**
 * A task that was learned.
 *
 * @param task the task
 * @param model the model after it
 * @param figures what training it took
 * @param checkpoint from where the next task begins; absent where no checkpoints are made
 */
public record CompletedTask(Task task, FrozenModel model, TrainingFigures figures, Optional<Checkpoint> checkpoint) {}
