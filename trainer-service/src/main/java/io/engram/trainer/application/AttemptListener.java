package io.engram.trainer.application;

import io.engram.learning.artifact.ArtifactReference;
import io.engram.learning.run.CompletedTask;
import io.engram.learning.run.Progress;
import io.engram.learning.run.Run;
import io.engram.learning.run.RunListener;
import io.engram.learning.run.TrainingFigures;
import io.engram.learning.scenario.Task;
import io.engram.service.fault.FaultPoints;
import io.engram.trainer.domain.LearnedTask;
import java.util.List;

/** What the task loop tells, passed on to the attempt. Lives on the thread that trains. */
final class AttemptListener implements RunListener {
    private final Attempt attempt;
    private final Models models;
    private final TrainingTotals totals;
    private final FaultPoints faults;
    private final List<String> classNames;
    private final long totalSteps;
    private final int epochs;
    private long learnedSteps;
    private double learnedSeconds;
    private long reportedStep;
    private double reportedSeconds;

    AttemptListener(Attempt attempt, Run run, Models models, TrainingTotals totals, FaultPoints faults) {
        this.attempt = attempt;
        this.models = models;
        this.totals = totals;
        this.faults = faults;
        classNames = run.scenario().dataset().description().classes();
        totalSteps = run.outline().totalSteps();
        epochs = run.spec().training().epochs().orElse(1);
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
        return attempt.stopReason().isPresent();
    }

    @Override
    public void taskCompleted(CompletedTask completed) {
        Claim claim = attempt.claim();
        Task task = completed.task();
        ArtifactReference artifact = models.write(completed.model(), claim.run(), task.index(), claim.attempt());
        faults.reach(TrainerFaults.MODEL_WRITTEN);
        TrainingFigures figures = completed.figures();
        List<String> names = task.labels().stream().map(classNames::get).toList();
        attempt.complete(
                new LearnedTask(task.index(), task.labels(), names, figures, artifact),
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
