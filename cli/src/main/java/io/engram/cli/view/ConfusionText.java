package io.engram.cli.view;

import io.engram.proto.evaluator.v1.ClassScore;
import io.engram.proto.evaluator.v1.GetConfusionMatrixResponse;
import io.engram.proto.type.v1.ClassLabel;
import java.util.ArrayList;
import java.util.List;

/** Which class a model takes for which, as text for people, and as CSV for spreadsheets. */
public final class ConfusionText {
    private ConfusionText() {}

    /** A row for each true class, a column for the label of each predicted one, and how many of the row are right. */
    public static String table(GetConfusionMatrixResponse confusion) {
        List<String> headings = new ArrayList<>(List.of("true class"));
        confusion.getClassesList().forEach(score -> headings.add(label(score)));
        headings.add("right in %");
        Table table = new Table(headings.toArray(String[]::new));
        for (int row = 0; row < confusion.getClassesCount(); row++) {
            ClassScore score = confusion.getClasses(row);
            List<String> cells = new ArrayList<>(List.of(name(score.getClassLabel())));
            row(confusion, row).forEach(count -> cells.add(Long.toString(count)));
            cells.add(score.hasAccuracy() ? ResultText.percent(score.getAccuracy()) : "no samples");
            table.row(cells);
        }
        return table.toString();
    }

    /** One line for each count; tasks are counted from 0, as in the CSV of the accuracy matrix. */
    public static String csv(GetConfusionMatrixResponse confusion) {
        String[] name = confusion.getName().split("/tasks/", 2);
        List<String> lines = new ArrayList<>(List.of("run,after_task,true_class,predicted_class,count"));
        for (int row = 0; row < confusion.getClassesCount(); row++) {
            List<Long> counts = row(confusion, row);
            for (int column = 0; column < counts.size(); column++) {
                lines.add(String.join(
                        ",",
                        name[0],
                        name[1],
                        label(confusion.getClasses(row)),
                        label(confusion.getClasses(column)),
                        Long.toString(counts.get(column))));
            }
        }
        return String.join(System.lineSeparator(), lines);
    }

    private static List<Long> row(GetConfusionMatrixResponse confusion, int row) {
        int classes = confusion.getClassesCount();
        return confusion.getCountsList().subList(row * classes, (row + 1) * classes);
    }

    private static String label(ClassScore score) {
        return Integer.toString(score.getClassLabel().getLabel());
    }

    /** The label, with the name where that says more. */
    private static String name(ClassLabel label) {
        String number = Integer.toString(label.getLabel());
        return label.getName().isEmpty() || label.getName().equals(number) ? number : number + " " + label.getName();
    }
}
