package io.engram.evaluator.domain;

import io.engram.learning.artifact.ArtifactReference;
import io.engram.proto.name.TaskName;

/**
 * A learned task whose frozen model is to be scored.
 *
 * @param eventId the id of the event that told of it
 * @param task which task of which run
 * @param attempt which attempt of the run, from 1
 * @param taskCount tasks the run has; 0 where that is open
 * @param run what the run is called and made of
 * @param artifact the frozen model
 */
public record TaskToEvaluate(
        String eventId, TaskName task, int attempt, int taskCount, RunTitle run, ArtifactReference artifact) {}
