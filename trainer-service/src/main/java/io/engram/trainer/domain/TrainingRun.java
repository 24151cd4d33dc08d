package io.engram.trainer.domain;

import io.engram.learning.run.Progress;
import io.engram.learning.run.RunSpec;
import io.engram.proto.name.RunName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run as it is at one moment.
 *
 * @param sequence its place in the order in which runs were accepted
 * @param spec what it does, every default filled in
 * @param cancelRequested whether somebody asked for it to stop
 * @param taskCount tasks its scenario has
 * @param progress where this attempt stands; empty before its first report
 * @param resumedFrom where this attempt went on; empty where it began with the first task, or is about to begin
 * @param tasks tasks that were learned, in order: by this attempt, and by those before it up to where it went on
 * @param startTime when it was first started
 * @param revision grows with every change that somebody who watches should see
 */
public record TrainingRun(
        RunName name,
        long sequence,
        String displayName,
        RunSpec spec,
        RunState state,
        boolean cancelRequested,
        int taskCount,
        Optional<Progress> progress,
        Optional<ResumePoint> resumedFrom,
        List<LearnedTask> tasks,
        Instant createTime,
        Optional<Instant> startTime,
        Optional<Instant> endTime,
        long revision) {
    public TrainingRun {
        tasks = List.copyOf(tasks);
    }

    /** Time inside the training loop, up to where this attempt went on and since. */
    public double trainingSeconds() {
        double learned =
                tasks.stream().mapToDouble(task -> task.figures().seconds()).sum();
        return Math.max(learned, progress.map(Progress::trainingSeconds).orElse(0.0));
    }
}
