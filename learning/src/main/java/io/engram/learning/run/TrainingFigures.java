package io.engram.learning.run;

/**
 * What training one task took.
 *
 * @param steps optimisation steps
 * @param samples new samples observed, over all epochs
 * @param seconds time inside the training loop, waiting for replay included
 * @param loss mean loss of the last epoch
 * @param accuracy training accuracy of the last epoch, percent
 * @param memory what the run holds after the task
 */
public record TrainingFigures(
        long steps, long samples, double seconds, double loss, double accuracy, MemoryUse memory) {}
