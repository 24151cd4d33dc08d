package io.engram.learning.run;

/**
 * A point of a task's training curve: the mean of the steps since the point before it.
 *
 * @param steps steps of the task that were done then, 1 or more
 * @param loss mean loss of a step
 * @param accuracy on new samples before each update, percent
 */
public record CurvePoint(long steps, double loss, double accuracy) {}
