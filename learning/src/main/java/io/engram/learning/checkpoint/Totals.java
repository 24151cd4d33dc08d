package io.engram.learning.checkpoint;

import java.util.List;

/**
 * What was counted so far, for figures and progress; training does not depend on it.
 *
 * @param step steps of the run
 * @param taskSteps steps of the task under way
 * @param taskSamples new samples of the task under way
 * @param secondsBeforeTask inside the training loop, in the tasks before
 * @param taskSeconds inside the training loop, in the task under way
 * @param epochSteps steps of the epoch under way
 * @param epochSamples new samples of the epoch under way
 * @param epochCorrect how many of them were predicted right
 * @param epochLoss sum of the losses of the epoch under way
 * @param curve intervals of the task under way, from its first on; empty where no task is, and in checkpoints from before there were
 *     any
 */
public record Totals(
        long step,
        long taskSteps,
        long taskSamples,
        double secondsBeforeTask,
        double taskSeconds,
        long epochSteps,
        long epochSamples,
        long epochCorrect,
        double epochLoss,
        List<IntervalTotals> curve) {

    public Totals {
        curve = List.copyOf(curve);
    }
}
