package io.engram.evaluator.domain;

import io.engram.proto.error.ErrorReason;
import io.engram.proto.name.TaskName;
import java.time.Instant;

/**
 * A frozen model that could not be scored.
 *
 * @param sequence grows with every evaluation and every failure that is stored
 * @param task the task after which the model was frozen
 * @param attempt the attempt of the run it is from
 * @param taskCount tasks the run has; 0 where that is open
 * @param reason why
 * @param message why, for people
 * @param time when it failed
 */
public record EvaluationFailure(
        long sequence, TaskName task, int attempt, int taskCount, ErrorReason reason, String message, Instant time)
        implements Outcome {}
