package io.engram.evaluator.api;

import io.engram.evaluator.domain.Comparison;
import io.engram.evaluator.domain.Evaluation;
import io.engram.evaluator.domain.EvaluationFailure;
import io.engram.evaluator.domain.Outcome;
import io.engram.evaluator.domain.RunResults;
import io.engram.evaluator.domain.ScoredTask;
import io.engram.evaluator.domain.TaskConfusion;
import io.engram.learning.metric.AccuracyMatrix;
import io.engram.learning.metric.ConfusionMatrix;
import io.engram.learning.metric.Metrics;
import io.engram.learning.metric.NextTaskScore;
import io.engram.learning.metric.TaskScore;
import io.engram.proto.evaluator.v1.AccuracyMatrixRow;
import io.engram.proto.evaluator.v1.ClassScore;
import io.engram.proto.evaluator.v1.GetAccuracyMatrixResponse;
import io.engram.proto.evaluator.v1.GetConfusionMatrixResponse;
import io.engram.proto.evaluator.v1.GetSummaryResponse;
import io.engram.proto.evaluator.v1.ListEvaluationsResponse;
import io.engram.proto.evaluator.v1.NextTaskResult;
import io.engram.proto.evaluator.v1.Summary;
import io.engram.proto.evaluator.v1.TaskClasses;
import io.engram.proto.evaluator.v1.TaskResult;
import io.engram.proto.evaluator.v1.WatchEvaluationsResponse;
import io.engram.proto.paging.Paging;
import io.engram.proto.time.Timestamps;
import io.engram.proto.type.v1.Artifact;
import io.engram.proto.type.v1.ClassLabel;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** Results as messages of the contract. */
final class Responses {
    private Responses() {}

    static GetAccuracyMatrixResponse matrix(RunResults results) {
        GetAccuracyMatrixResponse.Builder response = GetAccuracyMatrixResponse.newBuilder()
                .setRun(results.run().toString())
                .setTaskCount(results.taskCount());
        for (Evaluation evaluation : results.evaluations()) {
            addEmptyRowsUpTo(evaluation.task().taskIndex(), response);
            AccuracyMatrixRow.Builder row = response.addRowsBuilder();
            evaluation.counts().forEach(score -> row.addAccuracy(score.accuracy()));
        }
        for (EvaluationFailure failure : results.failures()) {
            addEmptyRowsUpTo(failure.task().taskIndex() + 1, response);
            response.addFailures(failure(failure));
        }
        if (!results.evaluations().isEmpty()) {
            Evaluation last = results.evaluations().get(results.evaluations().size() - 1);
            last.scores()
                    .forEach(
                            scored -> response.addTasks(TaskClasses.newBuilder().addAllClasses(classes(scored))));
        }
        response.addAllTaskAgnosticRows(rows(results.matrix(TaskScore::taskAgnosticScore)));
        response.addAllTaskAwareRows(rows(results.matrix(TaskScore::taskAwareScore)));
        return response.build();
    }

    private static List<AccuracyMatrixRow> rows(AccuracyMatrix matrix) {
        return matrix.rows().stream()
                .map(scores -> AccuracyMatrixRow.newBuilder()
                        .addAllAccuracy(scores.stream().map(TaskScore::accuracy).toList())
                        .build())
                .toList();
    }

    private static void addEmptyRowsUpTo(int count, GetAccuracyMatrixResponse.Builder response) {
        while (response.getRowsCount() < count) {
            response.addRows(AccuracyMatrixRow.getDefaultInstance());
        }
    }

    static GetConfusionMatrixResponse confusion(TaskConfusion evaluated) {
        ConfusionMatrix matrix = evaluated.confusion().matrix();
        List<OptionalDouble> accuracies = matrix.perClassAccuracy();
        GetConfusionMatrixResponse.Builder response = GetConfusionMatrixResponse.newBuilder()
                .setName(evaluated.task().toString())
                .setAttempt(evaluated.attempt());
        for (int row = 0; row < matrix.classes(); row++) {
            ClassScore.Builder score = response.addClassesBuilder()
                    .setClassLabel(label(evaluated.confusion().classes().get(row)))
                    .setCorrect(matrix.correct(row))
                    .setTotal(matrix.total(row));
            accuracies.get(row).ifPresent(score::setAccuracy);
        }
        return response.addAllCounts(Arrays.stream(matrix.counts()).boxed().toList())
                .build();
    }

    static GetSummaryResponse summary(Comparison comparison) {
        RunResults results = comparison.run();
        AccuracyMatrix matrix = results.matrix();
        Summary.Builder summary = Summary.newBuilder()
                .setRun(results.run().toString())
                .setDisplayName(results.title().displayName())
                .setMethod(results.title().method())
                .setDataset(results.title().dataset())
                .setEvaluatedTasks(matrix.size())
                .setTaskCount(results.taskCount());
        Metrics.averageAccuracy(matrix).ifPresent(summary::setAverageAccuracy);
        Metrics.averageAccuracy(results.matrix(TaskScore::taskAgnosticScore))
                .ifPresent(summary::setTaskAgnosticAverageAccuracy);
        Metrics.averageAccuracy(results.matrix(TaskScore::taskAwareScore))
                .ifPresent(summary::setTaskAwareAverageAccuracy);
        Metrics.averageIncrementalAccuracy(matrix).ifPresent(summary::setAverageIncrementalAccuracy);
        Metrics.forgetting(matrix).ifPresent(summary::setForgetting);
        Metrics.backwardTransfer(matrix).ifPresent(summary::setBackwardTransfer);
        Metrics.learningAccuracy(matrix).ifPresent(summary::setLearningAccuracy);
        Metrics.stability(matrix).ifPresent(summary::setStability);
        Metrics.stabilityPlasticityTradeOff(matrix).ifPresent(summary::setStabilityPlasticityTradeOff);
        Metrics.forwardTransfer(results.nextTaskScores()).ifPresent(summary::setForwardTransfer);
        comparison.reference().ifPresent(other -> Metrics.intransigence(matrix, other.matrix())
                .ifPresent(summary::setIntransigence));
        return GetSummaryResponse.newBuilder().setSummary(summary).build();
    }

    static ListEvaluationsResponse evaluations(Paging.Page<Evaluation> page) {
        return ListEvaluationsResponse.newBuilder()
                .addAllEvaluations(
                        page.entries().stream().map(Responses::evaluation).toList())
                .setNextPageToken(page.nextToken())
                .build();
    }

    static WatchEvaluationsResponse watched(Outcome outcome) {
        WatchEvaluationsResponse.Builder response = WatchEvaluationsResponse.newBuilder();
        if (outcome instanceof EvaluationFailure failure) {
            response.setFailure(failure(failure));
        } else if (outcome instanceof Evaluation evaluation) {
            response.setEvaluation(evaluation(evaluation));
        }
        return response.build();
    }

    private static io.engram.proto.evaluator.v1.EvaluationFailure failure(EvaluationFailure failure) {
        return io.engram.proto.evaluator.v1.EvaluationFailure.newBuilder()
                .setTask(failure.task().toString())
                .setAttempt(failure.attempt())
                .setTaskIndex(failure.task().taskIndex())
                .setTaskCount(failure.taskCount())
                .setReason(failure.reason().code())
                .setMessage(failure.message())
                .setFailTime(Timestamps.of(failure.time()))
                .build();
    }

    static io.engram.proto.evaluator.v1.Evaluation evaluation(Evaluation evaluation) {
        io.engram.proto.evaluator.v1.Evaluation.Builder message = io.engram.proto.evaluator.v1.Evaluation.newBuilder()
                .setTask(evaluation.task().toString())
                .setAttempt(evaluation.attempt())
                .setTaskIndex(evaluation.task().taskIndex())
                .setTaskCount(evaluation.taskCount())
                .addAllResults(
                        evaluation.scores().stream().map(Responses::result).toList())
                .setAverageAccuracy(evaluation.averageAccuracy())
                .setArtifact(Artifact.newBuilder()
                        .setUri(evaluation.artifact().uri())
                        .setSizeBytes(evaluation.artifact().sizeBytes())
                        .setSha256(evaluation.artifact().sha256()))
                .setEvaluateTime(Timestamps.of(evaluation.time()));
        evaluation.nextTask().ifPresent(next -> message.setNextTask(nextTask(next)));
        return message.build();
    }

    private static NextTaskResult nextTask(NextTaskScore next) {
        NextTaskResult.Builder result = NextTaskResult.newBuilder()
                .setTaskIndex(next.score().taskIndex())
                .setCorrect(next.score().correct())
                .setTotal(next.score().total())
                .setAccuracy(next.score().accuracy());
        next.untrained()
                .ifPresent(score -> result.setUntrainedCorrect(score.correct()).setUntrainedAccuracy(score.accuracy()));
        return result.build();
    }

    private static TaskResult result(ScoredTask scored) {
        TaskResult.Builder result = TaskResult.newBuilder()
                .setTaskIndex(scored.score().taskIndex())
                .setCorrect(scored.score().correct())
                .setTotal(scored.score().total())
                .setAccuracy(scored.score().accuracy())
                .addAllClasses(classes(scored));
        scored.score().taskAgnostic().ifPresent(result::setTaskAgnosticCorrect);
        scored.score().taskAware().ifPresent(result::setTaskAwareCorrect);
        return result.build();
    }

    private static List<ClassLabel> classes(ScoredTask scored) {
        return scored.classes().stream().map(Responses::label).toList();
    }

    private static ClassLabel label(io.engram.evaluator.domain.ClassLabel label) {
        return ClassLabel.newBuilder()
                .setLabel(label.label())
                .setName(label.name())
                .build();
    }
}
