package io.engram.trainer.application;

import io.engram.learning.run.Progress;
import io.engram.learning.run.TrainingFigures;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** What this process has trained since it started, for metrics. Written by the thread that trains, read by any. */
public final class TrainingTotals {
    private final LongAdder steps = new LongAdder();
    private final LongAdder samples = new LongAdder();
    private final DoubleAdder seconds = new DoubleAdder();
    private final LongAdder tasks = new LongAdder();
    private final LongAdder checkpoints = new LongAdder();
    private final LongAdder checkpointBytes = new LongAdder();
    private final DoubleAdder checkpointSeconds = new DoubleAdder();
    private final LongAdder failedCheckpoints = new LongAdder();
    private final LongAdder resumed = new LongAdder();
    private volatile double stepSeconds;

    /** Says how fast it goes now. */
    void progressed(long sinceSteps, double sinceSeconds) {
        if (sinceSteps > 0) {
            stepSeconds = sinceSeconds / sinceSteps;
        }
    }

    void learned(TrainingFigures figures) {
        steps.add(figures.steps());
        samples.add(figures.samples());
        seconds.add(figures.seconds());
        tasks.increment();
    }

    void checkpointed(long bytes, double seconds) {
        checkpoints.increment();
        checkpointBytes.add(bytes);
        checkpointSeconds.add(seconds);
    }

    void checkpointFailed() {
        failedCheckpoints.increment();
    }

    void resumed() {
        resumed.increment();
    }

    /** Checkpoints that were written. */
    public double checkpoints() {
        return checkpoints.sum();
    }

    /** Bytes of checkpoints that were written, without the replay memory's. */
    public double checkpointBytes() {
        return checkpointBytes.sum();
    }

    /** Time that training stood still for checkpoints, the replay memory's part included. */
    public double checkpointSeconds() {
        return checkpointSeconds.sum();
    }

    /** Checkpoints that could not be made. */
    public double failedCheckpoints() {
        return failedCheckpoints.sum();
    }

    /** Attempts that went on from a checkpoint. */
    public double resumedAttempts() {
        return resumed.sum();
    }

    /** Steps of learned tasks. */
    public double steps() {
        return steps.sum();
    }

    /** New samples of learned tasks. */
    public double samples() {
        return samples.sum();
    }

    /** Time inside the training loop of learned tasks. */
    public double seconds() {
        return seconds.sum();
    }

    /** Tasks that were learned. */
    public double tasks() {
        return tasks.sum();
    }

    /** Mean time of a step between the last two reports of {@link Progress}. */
    public double stepSeconds() {
        return stepSeconds;
    }
}
