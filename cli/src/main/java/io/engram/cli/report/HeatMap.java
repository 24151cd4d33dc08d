package io.engram.cli.report;

import io.engram.cli.view.ResultText;
import io.engram.proto.evaluator.v1.AccuracyMatrixRow;
import io.engram.proto.evaluator.v1.GetAccuracyMatrixResponse;
import io.engram.proto.evaluator.v1.TaskClasses;
import io.engram.proto.type.v1.ClassLabel;
import java.util.stream.Collectors;

/** The accuracy matrix as a table whose cells are coloured by their value. */
final class HeatMap {
    /** More than a page can show; the command line's CSV has all of them. */
    private static final int MOST_TASKS = 100;

    private HeatMap() {}

    static String of(GetAccuracyMatrixResponse matrix) {
        int tasks = Math.min(MOST_TASKS, matrix.getTasksCount());
        StringBuilder html = new StringBuilder("<table class=\"heat\"><thead><tr><th></th>");
        for (int task = 0; task < tasks; task++) {
            html.append("<th scope=\"col\">task ").append(task + 1).append("<br><small>");
            html.append(classes(matrix.getTasks(task))).append("</small></th>");
        }
        html.append("<th scope=\"col\">mean</th></tr></thead><tbody>\n");
        for (int row = 0; row < Math.min(MOST_TASKS, matrix.getRowsCount()); row++) {
            html.append(row(row, matrix.getRows(row), tasks));
        }
        html.append("</tbody></table>");
        if (tasks < matrix.getTasksCount()) {
            html.append("<p>The first ").append(tasks).append(" of ").append(matrix.getTasksCount());
            html.append(" tasks. <code>engram results RUN --csv</code> prints all.</p>");
        }
        return html.toString();
    }

    private static String row(int index, AccuracyMatrixRow row, int tasks) {
        StringBuilder html = new StringBuilder("<tr><th scope=\"row\">after task " + (index + 1) + "</th>");
        for (int task = 0; task < tasks; task++) {
            html.append(task < row.getAccuracyCount() ? cell(row.getAccuracy(task)) : "<td class=\"none\"></td>");
        }
        String mean = ResultText.mean(row).isPresent()
                ? cell(ResultText.mean(row).getAsDouble())
                : "<td class=\"none\">failed</td>";
        return html.append(mean).append("</tr>\n").toString();
    }

    private static String cell(double accuracy) {
        String percent = ResultText.percent(accuracy);
        return "<td style=\"--share:" + percent + "%\">" + percent + "</td>";
    }

    /** Original labels, with their names where those say more. */
    static String classes(TaskClasses task) {
        return task.getClassesList().stream().map(HeatMap::name).collect(Collectors.joining(", "));
    }

    private static String name(ClassLabel label) {
        String number = Integer.toString(label.getLabel());
        boolean saysMore = !label.getName().isEmpty() && !label.getName().equals(number);
        return saysMore ? number + " " + Html.escape(label.getName()) : number;
    }
}
