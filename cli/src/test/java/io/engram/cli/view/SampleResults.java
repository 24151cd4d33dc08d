package io.engram.cli.view;

import com.google.protobuf.Duration;
import io.engram.proto.evaluator.v1.AccuracyMatrixRow;
import io.engram.proto.evaluator.v1.EvaluationFailure;
import io.engram.proto.evaluator.v1.GetAccuracyMatrixResponse;
import io.engram.proto.evaluator.v1.Summary;
import io.engram.proto.evaluator.v1.TaskClasses;
import io.engram.proto.trainer.v1.CurvePoint;
import io.engram.proto.trainer.v1.GetTrainingCurvesResponse;
import io.engram.proto.trainer.v1.MemoryUse;
import io.engram.proto.trainer.v1.Run;
import io.engram.proto.trainer.v1.RunState;
import io.engram.proto.trainer.v1.TrainedTask;
import io.engram.proto.trainer.v1.TrainingCurve;
import io.engram.proto.type.v1.ClassLabel;
import io.engram.proto.type.v1.Component;
import io.engram.proto.type.v1.RunSpec;
import io.engram.proto.type.v1.Scenario;

/** Results of a run with two tasks, and of one with a single task. */
public final class SampleResults {
    private SampleResults() {}

    private static final GetTrainingCurvesResponse CURVES = GetTrainingCurvesResponse.newBuilder()
            .addCurves(curve(0, 45, 90))
            .addCurves(curve(1, 50, 100))
            .build();

    public static Results twoTasks() {
        GetAccuracyMatrixResponse matrix = GetAccuracyMatrixResponse.newBuilder()
                .setRun("runs/r1")
                .addRows(AccuracyMatrixRow.newBuilder().addAccuracy(100))
                .addRows(AccuracyMatrixRow.newBuilder().addAccuracy(87.5).addAccuracy(98.61))
                .addTasks(classes(0, "T-shirt <top>", 1, "1"))
                .addTasks(classes(2, "2", 3, "3"))
                .setTaskCount(2)
                .build();
        Summary summary = Summary.newBuilder()
                .setRun("runs/r1")
                .setEvaluatedTasks(2)
                .setAverageAccuracy(93.055)
                .setTaskAgnosticAverageAccuracy(93.055)
                .setTaskAwareAverageAccuracy(99.5)
                .setAverageIncrementalAccuracy(96.5275)
                .setForgetting(12.5)
                .setBackwardTransfer(-12.5)
                .setLearningAccuracy(99.305)
                .setStability(87.5)
                .setStabilityPlasticityTradeOff(93.03)
                .build();
        return new Results(run("Two & <two>"), CURVES, matrix, summary);
    }

    /** The same beside a reference, in a scenario that has forward transfer. */
    public static Results compared() {
        Results results = twoTasks();
        return new Results(
                results.run(),
                results.curves(),
                results.matrix(),
                results.summary().toBuilder()
                        .clearTaskAgnosticAverageAccuracy()
                        .clearTaskAwareAverageAccuracy()
                        .setForwardTransfer(61.25)
                        .setIntransigence(-0.5)
                        .build());
    }

    public static Results oneTask() {
        GetAccuracyMatrixResponse matrix = GetAccuracyMatrixResponse.newBuilder()
                .setRun("runs/r1")
                .addRows(AccuracyMatrixRow.newBuilder().addAccuracy(50))
                .addTasks(classes(0, "0", 1, "1"))
                .setTaskCount(1)
                .build();
        Summary summary = Summary.newBuilder()
                .setEvaluatedTasks(1)
                .setAverageAccuracy(50)
                .setAverageIncrementalAccuracy(50)
                .setLearningAccuracy(50)
                .build();
        return new Results(run("One"), GetTrainingCurvesResponse.getDefaultInstance(), matrix, summary);
    }

    /** Three tasks were learned; the model after the second could not be scored. */
    public static Results withFailure() {
        GetAccuracyMatrixResponse matrix = GetAccuracyMatrixResponse.newBuilder()
                .setRun("runs/r1")
                .addRows(AccuracyMatrixRow.newBuilder().addAccuracy(100))
                .addRows(AccuracyMatrixRow.getDefaultInstance())
                .addRows(AccuracyMatrixRow.newBuilder()
                        .addAccuracy(80)
                        .addAccuracy(90)
                        .addAccuracy(100))
                .addTasks(classes(0, "0", 1, "1"))
                .addTasks(classes(2, "2", 3, "3"))
                .addTasks(classes(4, "4", 5, "5"))
                .setTaskCount(3)
                .addFailures(EvaluationFailure.newBuilder()
                        .setTask("runs/r1/tasks/1")
                        .setTaskIndex(1)
                        .setTaskCount(3)
                        .setReason("ARTIFACT_CORRUPT")
                        .setMessage("weights.safetensors is not <what> was written"))
                .build();
        Summary summary = Summary.newBuilder()
                .setEvaluatedTasks(1)
                .setAverageAccuracy(100)
                .build();
        return new Results(run("Three"), GetTrainingCurvesResponse.getDefaultInstance(), matrix, summary);
    }

    /** Half right after the first point, all right after the second. */
    private static TrainingCurve curve(int task, long first, long second) {
        return TrainingCurve.newBuilder()
                .setTaskIndex(task)
                .addPoints(CurvePoint.newBuilder().setSteps(first).setLoss(0.7).setTrainAccuracy(50))
                .addPoints(CurvePoint.newBuilder().setSteps(second).setLoss(0.1).setTrainAccuracy(100))
                .build();
    }

    private static Run run(String title) {
        return Run.newBuilder()
                .setName("runs/r1")
                .setState(RunState.RUN_STATE_SUCCEEDED)
                .setSpec(RunSpec.newBuilder()
                        .setDisplayName(title)
                        .setScenario(Scenario.newBuilder().setDataset("digits"))
                        .setMethod(Component.newBuilder().setName("er")))
                .addTasks(TrainedTask.newBuilder()
                        .addLabels(0)
                        .addLabels(1)
                        .setSteps(90)
                        .setMemory(MemoryUse.newBuilder()
                                .setNetworkBytes(1_200_000)
                                .setReplayBytes(25_600)))
                .setTrainingTime(Duration.newBuilder().setSeconds(2).setNanos(350_000_000))
                .build();
    }

    private static TaskClasses classes(int first, String firstName, int second, String secondName) {
        return TaskClasses.newBuilder()
                .addClasses(ClassLabel.newBuilder().setLabel(first).setName(firstName))
                .addClasses(ClassLabel.newBuilder().setLabel(second).setName(secondName))
                .build();
    }
}
