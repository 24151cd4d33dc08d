package io.engram.learning.run;

import io.engram.learning.checkpoint.Totals;
import io.engram.learning.method.Observation;
import io.engram.learning.scenario.Task;
import java.util.List;
import java.util.function.LongSupplier;

/** Counts steps and the time inside the training loop, and says when a report is due. */
final class LoopClock {
    private static final double REPORT_SECONDS = 0.25;

    private final LongSupplier nanoTime;
    private final long totalSteps;
    private final TrainMeter sinceReport = new TrainMeter();
    private long step;
    private long taskSteps;
    private long taskSamples;
    private double secondsBeforeTask;
    private long taskStart;
    private double reportedAt;

    LoopClock(LongSupplier nanoTime, long totalSteps) {
        this.nanoTime = nanoTime;
        this.totalSteps = totalSteps;
    }

    /** Steps done so far. */
    long step() {
        return step;
    }

    void startTask() {
        taskStart = nanoTime.getAsLong();
        taskSteps = 0;
        taskSamples = 0;
        reportedAt = secondsBeforeTask;
        sinceReport.reset();
    }

    void stepDone(Observation observation) {
        step++;
        taskSteps++;
        taskSamples += observation.predictions().length;
        sinceReport.add(observation);
    }

    /**
     * What was counted.
     *
     * @param epoch the meter of the epoch under way
     * @param curve the meter of the task under way
     */
    Totals totals(TrainMeter epoch, CurveMeter curve, boolean inTask) {
        double taskSeconds = inTask ? (nanoTime.getAsLong() - taskStart) / 1e9 : 0;
        return new Totals(
                step,
                inTask ? taskSteps : 0,
                inTask ? taskSamples : 0,
                secondsBeforeTask,
                taskSeconds,
                epoch.steps(),
                epoch.samples(),
                epoch.correct(),
                epoch.lossSum(),
                inTask ? curve.totals() : List.of());
    }

    /** Goes on counting; a task under way is started before. */
    void resume(Totals totals) {
        step = totals.step();
        taskSteps = totals.taskSteps();
        taskSamples = totals.taskSamples();
        secondsBeforeTask = totals.secondsBeforeTask();
        taskStart = nanoTime.getAsLong() - (long) (totals.taskSeconds() * 1e9);
        reportedAt = seconds();
    }

    /** Does something that is no training: the clock stands still meanwhile. */
    void standStill(Runnable work) {
        long began = nanoTime.getAsLong();
        work.run();
        taskStart += nanoTime.getAsLong() - began;
    }

    /** Whether it is time for a report. */
    boolean reportDue() {
        return seconds() - reportedAt >= REPORT_SECONDS;
    }

    Progress report(Task task, int epoch, int epochs) {
        double seconds = seconds();
        Progress progress = new Progress(
                task.index(),
                epoch,
                epochs,
                step,
                totalSteps,
                sinceReport.loss(),
                sinceReport.accuracy(),
                sinceReport.samples() / (seconds - reportedAt),
                seconds,
                seconds / step * (totalSteps - step));
        reportedAt = seconds;
        sinceReport.reset();
        return progress;
    }

    TrainingFigures finishTask(TrainMeter lastEpoch, MemoryUse memory) {
        double taskSeconds = (nanoTime.getAsLong() - taskStart) / 1e9;
        secondsBeforeTask += taskSeconds;
        return new TrainingFigures(taskSteps, taskSamples, taskSeconds, lastEpoch.loss(), lastEpoch.accuracy(), memory);
    }

    /** Time inside the training loop, while a task is trained. */
    private double seconds() {
        return secondsBeforeTask + (nanoTime.getAsLong() - taskStart) / 1e9;
    }
}
