package io.engram.learning.checkpoint;

/**
 * What was counted in an interval of a task, for its training curve.
 *
 * @param steps steps
 * @param samples new samples
 * @param correct how many of them were predicted right, before each update
 * @param loss sum of the losses of the steps
 */
public record IntervalTotals(long steps, long samples, long correct, double loss) {
    /** Before the first step of the interval. */
    public static final IntervalTotals NONE = new IntervalTotals(0, 0, 0, 0);
}
