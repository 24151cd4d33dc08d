package io.engram.trainer.api;

import com.google.protobuf.Duration;
import io.engram.learning.run.CurvePoint;
import io.engram.learning.run.MemoryUse;
import io.engram.learning.run.Progress;
import io.engram.proto.time.Timestamps;
import io.engram.proto.trainer.v1.GetTrainingCurvesResponse;
import io.engram.proto.trainer.v1.ResumePoint;
import io.engram.proto.trainer.v1.Run;
import io.engram.proto.trainer.v1.RunFailure;
import io.engram.proto.trainer.v1.RunProgress;
import io.engram.proto.trainer.v1.TrainedTask;
import io.engram.proto.trainer.v1.TrainingCurve;
import io.engram.trainer.domain.LearnedTask;
import io.engram.trainer.domain.RunState;
import io.engram.trainer.domain.RunStatus;
import io.engram.trainer.domain.TrainingRun;
import io.engram.trainer.spec.RunSpecWriter;
import java.util.List;
import java.util.SortedMap;

/** Runs as messages. */
final class RunMessages {
    private static final double NANOS = 1e9;

    private RunMessages() {}

    static Run run(TrainingRun run) {
        Run.Builder message = Run.newBuilder()
                .setName(run.name().toString())
                .setSpec(RunSpecWriter.write(run.displayName(), run.spec()))
                .setState(state(run.state().status()))
                .setAttempt(run.state().attempt())
                .setTaskCount(run.taskCount())
                .setTrainingTime(duration(run.trainingSeconds()))
                .setCreateTime(Timestamps.of(run.createTime()));
        if (run.state() instanceof RunState.Failed failed) {
            message.setFailure(RunFailure.newBuilder()
                    .setReason(failed.failure().reason())
                    .setMessage(failed.failure().message()));
        }
        run.progress().ifPresent(progress -> message.setProgress(progress(progress)));
        run.tasks().forEach(task -> message.addTasks(task(task)));
        run.resumedFrom()
                .ifPresent(from -> message.setResumedFrom(ResumePoint.newBuilder()
                        .setTaskIndex(from.taskIndex())
                        .setEpoch(from.epoch())
                        .setStep(from.step())));
        run.startTime().ifPresent(time -> message.setStartTime(Timestamps.of(time)));
        run.endTime().ifPresent(time -> message.setEndTime(Timestamps.of(time)));
        return message.build();
    }

    private static io.engram.proto.trainer.v1.RunState state(RunStatus status) {
        return switch (status) {
            case QUEUED -> io.engram.proto.trainer.v1.RunState.RUN_STATE_QUEUED;
            case RUNNING -> io.engram.proto.trainer.v1.RunState.RUN_STATE_RUNNING;
            case SUCCEEDED -> io.engram.proto.trainer.v1.RunState.RUN_STATE_SUCCEEDED;
            case FAILED -> io.engram.proto.trainer.v1.RunState.RUN_STATE_FAILED;
            case CANCELLED -> io.engram.proto.trainer.v1.RunState.RUN_STATE_CANCELLED;
        };
    }

    private static RunProgress progress(Progress progress) {
        return RunProgress.newBuilder()
                .setTaskIndex(progress.taskIndex())
                .setEpoch(progress.epoch())
                .setEpochs(progress.epochs())
                .setStep(progress.step())
                .setTotalSteps(progress.totalSteps())
                .setLoss(progress.loss())
                .setTrainAccuracy(progress.accuracy())
                .setSamplesPerSecond(progress.samplesPerSecond())
                .setTimeLeft(duration(progress.secondsLeft()))
                .build();
    }

    static GetTrainingCurvesResponse curves(SortedMap<Integer, List<CurvePoint>> curves) {
        GetTrainingCurvesResponse.Builder message = GetTrainingCurvesResponse.newBuilder();
        curves.forEach((task, points) -> message.addCurves(TrainingCurve.newBuilder()
                .setTaskIndex(task)
                .addAllPoints(points.stream().map(RunMessages::point).toList())));
        return message.build();
    }

    private static io.engram.proto.trainer.v1.CurvePoint point(CurvePoint point) {
        return io.engram.proto.trainer.v1.CurvePoint.newBuilder()
                .setSteps(point.steps())
                .setLoss(point.loss())
                .setTrainAccuracy(point.accuracy())
                .build();
    }

    private static TrainedTask task(LearnedTask task) {
        TrainedTask.Builder message = TrainedTask.newBuilder()
                .setTaskIndex(task.index())
                .setAttempt(task.attempt())
                .addAllLabels(task.labels())
                .setSteps(task.figures().steps())
                .setSamples(task.figures().samples())
                .setLoss(task.figures().loss())
                .setTrainAccuracy(task.figures().accuracy())
                .setTrainingTime(duration(task.figures().seconds()));
        MemoryUse memory = task.figures().memory();
        if (memory.network() > 0) {
            message.setMemory(io.engram.proto.trainer.v1.MemoryUse.newBuilder()
                    .setNetworkBytes(memory.network())
                    .setTrainingBytes(memory.training())
                    .setMethodBytes(memory.method())
                    .setReplayBytes(memory.replay()));
        }
        return message.build();
    }

    private static Duration duration(double seconds) {
        long whole = (long) seconds;
        return Duration.newBuilder()
                .setSeconds(whole)
                .setNanos((int) ((seconds - whole) * NANOS))
                .build();
    }
}
