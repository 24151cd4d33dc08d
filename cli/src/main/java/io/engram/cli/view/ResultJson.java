package io.engram.cli.view;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.ListValue;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import io.engram.proto.evaluator.v1.AccuracyMatrixRow;
import io.engram.proto.evaluator.v1.EvaluationFailure;
import io.engram.proto.evaluator.v1.GetAccuracyMatrixResponse;
import io.engram.proto.evaluator.v1.Summary;

/** Results for programs. */
public final class ResultJson {
    private static final JsonFormat.Printer LINE = JsonFormat.printer().omittingInsignificantWhitespace();
    private static final JsonFormat.Printer MESSAGE =
            JsonFormat.printer().omittingInsignificantWhitespace().preservingProtoFieldNames();

    private ResultJson() {}

    /** One object on one line; what is undefined is null. */
    public static String of(Results results, double totalSeconds) {
        Summary summary = results.summary();
        Struct.Builder json = Struct.newBuilder()
                .putFields("run", text(results.run().getName()))
                .putFields("accuracy_matrix", matrix(results.matrix()))
                .putFields("average_accuracy", number(summary.hasAverageAccuracy(), summary.getAverageAccuracy()))
                .putFields(
                        "task_agnostic_average_accuracy",
                        number(summary.hasTaskAgnosticAverageAccuracy(), summary.getTaskAgnosticAverageAccuracy()))
                .putFields(
                        "task_aware_average_accuracy",
                        number(summary.hasTaskAwareAverageAccuracy(), summary.getTaskAwareAverageAccuracy()))
                .putFields(
                        "average_incremental_accuracy",
                        number(summary.hasAverageIncrementalAccuracy(), summary.getAverageIncrementalAccuracy()))
                .putFields("forgetting", number(summary.hasForgetting(), summary.getForgetting()))
                .putFields("backward_transfer", number(summary.hasBackwardTransfer(), summary.getBackwardTransfer()))
                .putFields("learning_accuracy", number(summary.hasLearningAccuracy(), summary.getLearningAccuracy()))
                .putFields("stability", number(summary.hasStability(), summary.getStability()))
                .putFields(
                        "stability_plasticity_trade_off",
                        number(summary.hasStabilityPlasticityTradeOff(), summary.getStabilityPlasticityTradeOff()))
                .putFields("forward_transfer", number(summary.hasForwardTransfer(), summary.getForwardTransfer()))
                .putFields("intransigence", number(summary.hasIntransigence(), summary.getIntransigence()))
                .putFields("evaluation_failures", failures(results.matrix()))
                .putFields("train_seconds", number(true, results.trainSeconds()))
                .putFields("total_seconds", number(true, totalSeconds));
        return print(LINE, json);
    }

    /** Any message of the contract on one line, with the contract's own names. */
    public static String of(MessageOrBuilder message) {
        return print(MESSAGE, message);
    }

    private static String print(JsonFormat.Printer printer, MessageOrBuilder message) {
        try {
            return printer.print(message);
        } catch (InvalidProtocolBufferException impossible) {
            throw new IllegalArgumentException("no JSON for " + message.getDescriptorForType(), impossible);
        }
    }

    private static Value matrix(GetAccuracyMatrixResponse matrix) {
        ListValue.Builder rows = ListValue.newBuilder();
        for (AccuracyMatrixRow row : matrix.getRowsList()) {
            ListValue.Builder cells = ListValue.newBuilder();
            row.getAccuracyList().forEach(accuracy -> cells.addValues(number(true, accuracy)));
            rows.addValues(Value.newBuilder().setListValue(cells));
        }
        return Value.newBuilder().setListValue(rows).build();
    }

    private static Value failures(GetAccuracyMatrixResponse matrix) {
        ListValue.Builder failures = ListValue.newBuilder();
        for (EvaluationFailure failure : matrix.getFailuresList()) {
            failures.addValues(Value.newBuilder()
                    .setStructValue(Struct.newBuilder()
                            .putFields("task_index", number(true, failure.getTaskIndex()))
                            .putFields("reason", text(failure.getReason()))
                            .putFields("message", text(failure.getMessage()))));
        }
        return Value.newBuilder().setListValue(failures).build();
    }

    private static Value text(String value) {
        return Value.newBuilder().setStringValue(value).build();
    }

    private static Value number(boolean isDefined, double value) {
        return isDefined
                ? Value.newBuilder()
                        .setNumberValue(Math.round(value * 100) / 100.0)
                        .build()
                : Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();
    }
}
