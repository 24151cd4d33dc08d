package io.engram.evaluator.domain;

import io.engram.proto.name.TaskName;

/**
 * Which class the model of an evaluation takes for which.
 *
 * @param task the task after which the model was frozen
 * @param attempt the attempt of the run it is from
 * @param confusion on the test sets of all tasks up to {@code task}
 */
public record TaskConfusion(TaskName task, int attempt, ClassConfusion confusion) {}
