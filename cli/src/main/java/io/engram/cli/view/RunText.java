package io.engram.cli.view;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import io.engram.cli.watch.States;
import io.engram.proto.trainer.v1.ResumePoint;
import io.engram.proto.trainer.v1.Run;
import io.engram.proto.trainer.v1.TrainedTask;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A run for people. */
public final class RunText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private RunText() {}

    /** A line of a list. */
    public static List<String> row(Run run) {
        return List.of(
                run.getName(),
                States.name(run.getState()),
                run.getTasksCount() + "/" + run.getTaskCount(),
                run.getSpec().getMethod().getName(),
                run.getSpec().getScenario().getDataset(),
                time(run.getCreateTime()),
                run.getSpec().getDisplayName());
    }

    /** Everything. */
    public static String full(Run run) throws InvalidProtocolBufferException {
        Table facts = new Table(run.getName(), run.getSpec().getDisplayName())
                .row("state", States.name(run.getState()))
                .row("attempt", Integer.toString(run.getAttempt()))
                .row("went on from", resumedFrom(run))
                .row("created", time(run.getCreateTime()))
                .row("started", run.hasStartTime() ? time(run.getStartTime()) : "not yet")
                .row("ended", run.hasEndTime() ? time(run.getEndTime()) : "not yet");
        if (run.hasFailure()) {
            facts.row(
                    "failure",
                    run.getFailure().getMessage() + " (" + run.getFailure().getReason() + ")");
        }
        Table tasks = new Table("TASK", "LABELS", "STEPS", "SAMPLES", "LOSS", "TRAINING ACCURACY", "SECONDS", "MEMORY");
        run.getTasksList().forEach(task -> tasks.row(taskRow(task)));
        return facts + "\n\n" + tasks + "\n\nspec " + SpecJson.of(run.getSpec());
    }

    /** Where the newest attempt went on. */
    public static String resumedFrom(Run run) {
        ResumePoint from = run.getResumedFrom();
        return run.hasResumedFrom()
                ? String.format(
                        Locale.ROOT,
                        "task %d/%d, epoch %d, after %d steps",
                        Math.min(from.getTaskIndex() + 1, run.getTaskCount()),
                        run.getTaskCount(),
                        from.getEpoch() + 1,
                        from.getStep())
                : "the beginning";
    }

    private static List<String> taskRow(TrainedTask task) {
        double seconds =
                task.getTrainingTime().getSeconds() + task.getTrainingTime().getNanos() / 1e9;
        return List.of(
                Integer.toString(task.getTaskIndex() + 1),
                task.getLabelsList().stream().map(String::valueOf).collect(Collectors.joining(" ")),
                Long.toString(task.getSteps()),
                Long.toString(task.getSamples()),
                String.format(Locale.ROOT, "%.4f", task.getLoss()),
                ResultText.percent(task.getTrainAccuracy()),
                ResultText.percent(seconds),
                task.hasMemory() ? MemoryText.total(task.getMemory()) : "");
    }

    private static String time(Timestamp time) {
        return TIME.format(Instant.ofEpochSecond(time.getSeconds()).atZone(ZoneId.systemDefault()));
    }
}
