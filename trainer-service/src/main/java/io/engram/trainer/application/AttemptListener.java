package io.engram.trainer.application;

import io.engram.learning.artifact.ArtifactReference;
import io.engram.learning.checkpoint.Checkpoint;
import io.engram.learning.checkpoint.CheckpointStore;
import io.engram.learning.checkpoint.Totals;
import io.engram.learning.memory.ReplayMemoryException;
import io.engram.learning.run.CompletedTask;
import io.engram.learning.run.Progress;
import io.engram.learning.run.Run;
import io.engram.learning.run.RunListener;
import io.engram.learning.run.TrainingFigures;
import io.engram.learning.scenario.Task;
import io.engram.service.fault.FaultPoints;
import io.engram.trainer.domain.LearnedTask;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** What the task loop tells, passed on to the attempt. Lives on the thread that trains. */
final class AttemptListener implements RunListener {
    private static final Logger LOG = Logger.getLogger(AttemptListener.class);
    private static final double NANOS = 1e9;

    private final Attempt attempt;
    private final Models models;
    private final CheckpointStore checkpoints;
    private final TrainingTotals totals;
    private final FaultPoints faults;
    private final List<String> classNames;
    private final int lastTask;
    private final long totalSteps;
    private final int epochs;
    private long learnedSteps;
    private double learnedSeconds;
    private long reportedStep;
    private double reportedSeconds;

    AttemptListener(
            Attempt attempt,
            Run run,
            Models models,
            CheckpointStore checkpoints,
            TrainingTotals totals,
            FaultPoints faults) {
        this.attempt = attempt;
        this.models = models;
        this.checkpoints = checkpoints;
        this.totals = totals;
        this.faults = faults;
        classNames = run.scenario().dataset().description().classes();
        lastTask = run.scenario().tasks().size() - 1;
        totalSteps = run.outline().totalSteps();
        epochs = run.spec().training().epochs().orElse(1);
    }

    /** The run goes on from there: what was learned before counts. */
    void goesOnFrom(Checkpoint checkpoint) {
        Totals before = checkpoint.totals();
        learnedSteps = before.step() - before.taskSteps();
        learnedSeconds = before.secondsBeforeTask();
        reportedStep = before.step();
        reportedSeconds = before.secondsBeforeTask() + before.taskSeconds();
    }

    @Override
    public void progressed(Progress progress) {
        attempt.progressed(progress);
        totals.progressed(progress.step() - reportedStep, progress.trainingSeconds() - reportedSeconds);
        reportedStep = progress.step();
        reportedSeconds = progress.trainingSeconds();
    }

    @Override
    public boolean cancellationRequested() {
        faults.reach(TrainerFaults.STEP);
        return attempt.stopReason().filter(AttemptListener::endsAtOnce).isPresent();
    }

    private static boolean endsAtOnce(StopReason reason) {
        return reason != StopReason.SHUTDOWN;
    }

    @Override
    public boolean suspensionRequested() {
        return attempt.stopReason().filter(StopReason.SHUTDOWN::equals).isPresent();
    }

    @Override
    public void checkpointDue(Supplier<Checkpoint> checkpoint) {
        keep(checkpoint);
    }

    /** Training goes on without one that cannot be made: what is lost is time, where the trainer dies. */
    private void keep(Supplier<Checkpoint> checkpoint) {
        long began = System.nanoTime();
        try {
            Checkpoint made = checkpoint.get();
            faults.reach(TrainerFaults.MEMORY_COMMITTED);
            long bytes = checkpoints.write(made);
            totals.checkpointed(bytes, (System.nanoTime() - began) / NANOS);
        } catch (ReplayMemoryException | UncheckedIOException trouble) {
            totals.checkpointFailed();
            LOG.warnf(
                    "run %s, attempt %d: no checkpoint was made, one before it stays the newest: %s",
                    attempt.claim().run(), attempt.claim().attempt(), trouble.getMessage());
        }
        faults.reach(TrainerFaults.CHECKPOINT_WRITTEN);
    }

    @Override
    public void taskCompleted(CompletedTask completed) {
        Claim claim = attempt.claim();
        Task task = completed.task();
        ArtifactReference artifact = models.write(completed.model(), claim.run(), task.index(), claim.attempt());
        faults.reach(TrainerFaults.MODEL_WRITTEN);
        if (task.index() < lastTask) {
            // Before the database knows of the task: a run whose tasks are known has never lost what it goes on from.
            keep(completed.checkpoint());
        }
        TrainingFigures figures = completed.figures();
        List<String> names = task.labels().stream().map(classNames::get).toList();
        attempt.complete(
                new LearnedTask(task.index(), claim.attempt(), task.labels(), names, figures, artifact),
                completed.curve(),
                afterTask(task.index(), figures));
        totals.learned(figures);
        faults.reach(TrainerFaults.TASK_COMMITTED);
    }

    /** Where the run stands at the end of a task: short tasks end before their first report. */
    private Progress afterTask(int taskIndex, TrainingFigures figures) {
        learnedSteps += figures.steps();
        learnedSeconds += figures.seconds();
        return new Progress(
                taskIndex,
                epochs - 1,
                epochs,
                learnedSteps,
                totalSteps,
                figures.loss(),
                figures.accuracy(),
                figures.samples() / Math.max(figures.seconds(), Double.MIN_NORMAL),
                learnedSeconds,
                learnedSeconds / Math.max(learnedSteps, 1) * (totalSteps - learnedSteps));
    }
}
