package io.engram.cli.watch;

import com.google.protobuf.Duration;
import io.engram.proto.evaluator.v1.Evaluation;
import io.engram.proto.trainer.v1.Run;
import io.engram.proto.trainer.v1.RunProgress;
import io.engram.proto.trainer.v1.TrainedTask;
import java.util.Locale;

/** The words of progress, the same on a terminal and in a log. */
final class ProgressText {
    private ProgressText() {}

    static String position(Run run) {
        RunProgress progress = run.getProgress();
        return String.format(
                Locale.ROOT,
                "task %d/%d epoch %d/%d loss %.3f acc %.1f%% %s/s",
                progress.getTaskIndex() + 1,
                run.getTaskCount(),
                progress.getEpoch() + 1,
                progress.getEpochs(),
                progress.getLoss(),
                progress.getTrainAccuracy(),
                count(progress.getSamplesPerSecond()));
    }

    static String timeLeft(Run run) {
        return run.getProgress().hasTimeLeft()
                ? ", " + seconds(run.getProgress().getTimeLeft()) + " left"
                : "";
    }

    static String learned(TrainedTask task, int taskCount) {
        return String.format(
                Locale.ROOT,
                "learned task %d/%d: %d steps in %s, training accuracy %.2f%%",
                task.getTaskIndex() + 1,
                taskCount,
                task.getSteps(),
                seconds(task.getTrainingTime()),
                task.getTrainAccuracy());
    }

    static String evaluated(Evaluation evaluation) {
        return String.format(
                Locale.ROOT,
                "evaluated after task %d/%d: average accuracy %.2f%%",
                evaluation.getTaskIndex() + 1,
                evaluation.getTaskCount(),
                evaluation.getAverageAccuracy());
    }

    static String seconds(Duration duration) {
        double seconds = duration.getSeconds() + duration.getNanos() / 1e9;
        if (seconds < 90) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        return String.format(Locale.ROOT, "%d min %02d s", (long) seconds / 60, (long) seconds % 60);
    }

    private static String count(double number) {
        return number < 10_000
                ? String.format(Locale.ROOT, "%.0f", number)
                : String.format(Locale.ROOT, "%.1fk", number / 1000);
    }
}
