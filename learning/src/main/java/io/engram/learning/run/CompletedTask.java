package io.engram.learning.run;

import io.engram.learning.artifact.FrozenModel;
import io.engram.learning.scenario.Task;

/**
 * A task that was learned.
 *
 * @param task the task
 * @param model the model after it
 * @param figures what training it took
 */
public record CompletedTask(Task task, FrozenModel model, TrainingFigures figures) {}
