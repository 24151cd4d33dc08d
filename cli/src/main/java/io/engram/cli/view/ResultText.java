package io.engram.cli.view;

import io.engram.proto.evaluator.v1.AccuracyMatrixRow;
import io.engram.proto.evaluator.v1.EvaluationFailure;
import io.engram.proto.evaluator.v1.GetAccuracyMatrixResponse;
import io.engram.proto.evaluator.v1.Summary;
import io.engram.proto.evaluator.v1.TaskClasses;
import io.engram.proto.type.v1.ClassLabel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Results for people, as text, and for spreadsheets, as CSV. */
public final class ResultText {
    private ResultText() {}

    /** The accuracy matrix: a row for each model, a column for each task, and the mean of the row. */
    public static String matrix(GetAccuracyMatrixResponse matrix) {
        List<String> headings = new ArrayList<>(List.of("accuracy in %"));
        for (TaskClasses task : matrix.getTasksList()) {
            headings.add("task " + headings.size() + " (" + labels(task) + ")");
        }
        headings.add("mean");
        Table table = new Table(headings.toArray(String[]::new));
        for (int row = 0; row < matrix.getRowsCount(); row++) {
            table.row(cells(row, matrix.getRows(row), matrix.getTasksCount()));
        }
        return table.toString();
    }

    private static List<String> cells(int index, AccuracyMatrixRow row, int tasks) {
        List<String> cells = new ArrayList<>(List.of("after task " + (index + 1)));
        row.getAccuracyList().forEach(accuracy -> cells.add(percent(accuracy)));
        while (cells.size() <= tasks) {
            cells.add("");
        }
        cells.add(mean(row).isPresent() ? percent(mean(row).getAsDouble()) : "failed");
        return cells;
    }

    /** A line for each model that could not be scored; empty where there is none. */
    public static String failures(GetAccuracyMatrixResponse matrix) {
        return matrix.getFailuresList().stream().map(ResultText::failure).collect(Collectors.joining("\n"));
    }

    /** Which model could not be scored, and why. */
    public static String failure(EvaluationFailure failure) {
        return "the model after task " + (failure.getTaskIndex() + 1) + " could not be evaluated: "
                + failure.getMessage() + " (" + failure.getReason() + ")";
    }

    /** The figures derived from the matrix. */
    public static String summary(Results results) {
        Summary summary = results.summary();
        Table table = new Table("summary", "")
                .row(
                        "average accuracy",
                        shown(summary, summary.hasAverageAccuracy(), summary.getAverageAccuracy(), "%"));
        if (summary.hasTaskAgnosticAverageAccuracy()) {
            table.row("  not told the task", percent(summary.getTaskAgnosticAverageAccuracy()) + " %");
        }
        if (summary.hasTaskAwareAverageAccuracy()) {
            table.row("  told the task", percent(summary.getTaskAwareAverageAccuracy()) + " %");
        }
        table.row(
                        "average incremental accuracy",
                        shown(
                                summary,
                                summary.hasAverageIncrementalAccuracy(),
                                summary.getAverageIncrementalAccuracy(),
                                "%"))
                .row("forgetting", shown(summary, summary.hasForgetting(), summary.getForgetting(), "points"))
                .row(
                        "backward transfer",
                        shown(summary, summary.hasBackwardTransfer(), summary.getBackwardTransfer(), "points"))
                .row(
                        "learning accuracy (plasticity)",
                        shown(summary, summary.hasLearningAccuracy(), summary.getLearningAccuracy(), "%"))
                .row("stability", shown(summary, summary.hasStability(), summary.getStability(), "%"))
                .row(
                        "stability-plasticity trade-off",
                        shown(
                                summary,
                                summary.hasStabilityPlasticityTradeOff(),
                                summary.getStabilityPlasticityTradeOff(),
                                "%"));
        if (summary.hasForwardTransfer()) {
            table.row("forward transfer", percent(summary.getForwardTransfer()) + " points");
        }
        if (summary.hasIntransigence()) {
            table.row("intransigence", percent(summary.getIntransigence()) + " points");
        }
        return table.row("training", String.format(Locale.ROOT, "%.2f s", results.trainSeconds()))
                .toString();
    }

    /** One line for each cell of the matrix. */
    public static String csv(GetAccuracyMatrixResponse matrix) {
        StringBuilder csv = new StringBuilder("run,after_task,task,classes,accuracy");
        for (int row = 0; row < matrix.getRowsCount(); row++) {
            List<Double> accuracies = matrix.getRows(row).getAccuracyList();
            for (int task = 0; task < accuracies.size(); task++) {
                String classes = task < matrix.getTasksCount() ? labels(matrix.getTasks(task)) : "";
                csv.append(String.format(
                        Locale.ROOT,
                        "%n%s,%d,%d,%s,%s",
                        matrix.getRun(),
                        row,
                        task,
                        classes,
                        percent(accuracies.get(task))));
            }
        }
        return csv.toString();
    }

    /** Original labels of a task's classes, separated by blanks. */
    public static String labels(TaskClasses task) {
        return task.getClassesList().stream()
                .map(ClassLabel::getLabel)
                .map(String::valueOf)
                .collect(Collectors.joining(" "));
    }

    /** The mean of a row; empty for a model that could not be scored. */
    public static OptionalDouble mean(AccuracyMatrixRow row) {
        return row.getAccuracyList().stream().mapToDouble(Double::doubleValue).average();
    }

    /** Two decimals. */
    public static String percent(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }

    private static String shown(Summary summary, boolean isDefined, double value, String unit) {
        if (isDefined) {
            return percent(value) + " " + unit;
        }
        return switch (summary.getEvaluatedTasks()) {
            case 0 -> "undefined before the first task";
            case 1 -> "undefined with one task";
            default -> "undefined";
        };
    }
}
