package io.engram.cli.command;

import com.google.protobuf.Timestamp;
import io.engram.cli.client.CallErrors;
import io.engram.cli.client.EngramClient;
import io.engram.cli.view.ResultText;
import io.engram.cli.view.Results;
import io.engram.proto.evaluator.v1.GetAccuracyMatrixRequest;
import io.engram.proto.evaluator.v1.GetAccuracyMatrixResponse;
import io.engram.proto.evaluator.v1.GetConfusionMatrixRequest;
import io.engram.proto.evaluator.v1.GetConfusionMatrixResponse;
import io.engram.proto.evaluator.v1.GetSummaryRequest;
import io.engram.proto.trainer.v1.GetRunRequest;
import io.engram.proto.trainer.v1.GetTrainingCurvesRequest;
import io.engram.proto.trainer.v1.GetTrainingCurvesResponse;
import io.engram.proto.trainer.v1.Run;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Asks the services for the results of a run. */
final class ResultCalls {
    private ResultCalls() {}

    /** The results of a run as it is known already, which has ended. */
    static Results results(EngramClient client, Run run) {
        return results(client, run.getName(), "", () -> run);
    }

    /** @param reference a run of the same scenario that it is compared with; empty for none */
    static Results results(EngramClient client, String name, String reference) {
        var run = client.trainerFuture()
                .getRun(GetRunRequest.newBuilder().setName(name).build());
        return results(client, name, reference, () -> EngramClient.answer(run).getRun());
    }

    /** Asks for everything at once and waits then. */
    private static Results results(EngramClient client, String name, String reference, Supplier<Run> run) {
        var curves = client.trainerFuture()
                .getTrainingCurves(
                        GetTrainingCurvesRequest.newBuilder().setName(name).build());
        var matrix = client.evaluatorFuture()
                .getAccuracyMatrix(
                        GetAccuracyMatrixRequest.newBuilder().setRun(name).build());
        var summary = client.evaluatorFuture()
                .getSummary(GetSummaryRequest.newBuilder()
                        .setRun(name)
                        .setReference(reference)
                        .build());
        return new Results(
                run.get(),
                EngramClient.answer(curves),
                EngramClient.answer(matrix),
                EngramClient.answer(summary).getSummary());
    }

    static GetTrainingCurvesResponse curves(EngramClient client, String name) {
        return client.trainer()
                .getTrainingCurves(
                        GetTrainingCurvesRequest.newBuilder().setName(name).build());
    }

    /**
     * Which class a model takes for which.
     *
     * @param matrix the accuracy matrix of the run
     * @param taskIndex after which task, from 0; where it is absent, the last that was evaluated
     */
    static GetConfusionMatrixResponse confusion(
            EngramClient client, GetAccuracyMatrixResponse matrix, OptionalInt taskIndex) {
        String name = matrix.getRun() + "/tasks/" + taskIndex.orElse(lastEvaluated(matrix));
        return client.evaluator()
                .getConfusionMatrix(
                        GetConfusionMatrixRequest.newBuilder().setName(name).build());
    }

    /** The first task where there is none, of which the evaluator then says so. */
    private static int lastEvaluated(GetAccuracyMatrixResponse matrix) {
        return IntStream.range(0, matrix.getRowsCount())
                .filter(row -> matrix.getRows(row).getAccuracyCount() > 0)
                .max()
                .orElse(0);
    }

    /** A line for each model of a run that could not be scored; empty where there is none, or where nobody can say. */
    static String failures(EngramClient client, String name) {
        try {
            return ResultText.failures(client.evaluator()
                    .getAccuracyMatrix(
                            GetAccuracyMatrixRequest.newBuilder().setRun(name).build()));
        } catch (StatusRuntimeException unknown) {
            // Not known before its first task is learned; and a run can be shown while the evaluator is away.
            return unknown.getStatus().getCode() == Status.Code.NOT_FOUND
                    ? ""
                    : "the evaluator could not be asked: " + CallErrors.describe(unknown, client.addresses());
        }
    }

    /** From making a run to its end. */
    static double totalSeconds(Run run) {
        Instant from = instant(run.getCreateTime());
        Instant to = run.hasEndTime() ? instant(run.getEndTime()) : Instant.now();
        return Duration.between(from, to).toMillis() / 1000.0;
    }

    private static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }
}
