package io.engram.trainer.domain;

/**
 * A place between two steps of a run from where an attempt goes on.
 *
 * @param taskIndex the task that comes next or is under way, 0-based
 * @param epoch its epoch that comes next or is under way, 0-based
 * @param step steps done before, over all tasks
 */
public record ResumePoint(int taskIndex, int epoch, long step) {}
