package io.engram.learning.run;

/**
 * Where a run stands.
 *
 * @param taskIndex 0-based
 * @param epoch 0-based
 * @param epochs epochs of this task
 * @param step steps done over all tasks
 * @param totalSteps steps of the run over all tasks
 * @param loss mean loss since the last report
 * @param accuracy accuracy on new samples since the last report, percent
 * @param samplesPerSecond new samples a second since the last report
 * @param trainingSeconds time inside the training loop so far
 * @param secondsLeft expected training time left, from the mean time of a step so far
 */
public record Progress(
        int taskIndex,
        int epoch,
        int epochs,
        long step,
        long totalSteps,
        double loss,
        double accuracy,
        double samplesPerSecond,
        double trainingSeconds,
        double secondsLeft) {}
