package io.engram.learning.run;

import io.engram.learning.checkpoint.Totals;
import io.engram.learning.method.Observation;

/** Sums what steps saw since it was last reset. Accuracy comes from integer counts. */
public final class TrainMeter {
    private long steps;
    private long samples;
    private long correct;
    private double lossSum;

    void add(Observation observation) {
        steps++;
        samples += observation.predictions().length;
        correct += observation.correct();
        lossSum += observation.loss();
    }

    void resume(Totals totals) {
        steps = totals.epochSteps();
        samples = totals.epochSamples();
        correct = totals.epochCorrect();
        lossSum = totals.epochLoss();
    }

    long steps() {
        return steps;
    }

    long correct() {
        return correct;
    }

    double lossSum() {
        return lossSum;
    }

    void reset() {
        steps = 0;
        samples = 0;
        correct = 0;
        lossSum = 0;
    }

    /** New samples. */
    public long samples() {
        return samples;
    }

    /** Mean loss of a step; 0 before the first. */
    public double loss() {
        return steps == 0 ? 0 : lossSum / steps;
    }

    /** Accuracy on new samples before each update, percent; 0 before the first step. */
    public double accuracy() {
        return samples == 0 ? 0 : 100.0 * correct / samples;
    }
}
