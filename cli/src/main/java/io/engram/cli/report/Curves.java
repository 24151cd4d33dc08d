package io.engram.cli.report;

import io.engram.cli.view.ResultText;
import io.engram.proto.evaluator.v1.GetAccuracyMatrixResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Accuracy over time, as SVG inside the page. Colours are classes of the page's style sheet. */
final class Curves {
    private static final Plot PLOT = new Plot(720, 300, 44, 150, 14, 34);
    private static final int GRID_PERCENT = 20;
    private static final int COLOURS = 8;
    private static final int MOST_TICKS = 12;
    private static final int MOST_LABELS = 12;

    /** An accuracy after a task. */
    private record Point(int task, double accuracy) {}

    /** One line; a model that could not be scored has no point. */
    private record Line(String label, List<Point> points) {
        double last() {
            return points.get(points.size() - 1).accuracy();
        }
    }

    private Curves() {}

    /** The mean over the tasks seen, after each task. */
    static String average(GetAccuracyMatrixResponse matrix) {
        List<Point> points = IntStream.range(0, matrix.getRowsCount())
                .filter(row -> ResultText.mean(matrix.getRows(row)).isPresent())
                .mapToObj(row ->
                        new Point(row, ResultText.mean(matrix.getRows(row)).getAsDouble()))
                .toList();
        return svg(lines(new Line("average", points)), matrix.getRowsCount(), "Average accuracy after each task");
    }

    /** Each task from when it was learned on. */
    static String tasks(GetAccuracyMatrixResponse matrix) {
        Line[] all = IntStream.range(0, matrix.getRowsCount())
                .mapToObj(task -> new Line("task " + (task + 1), points(matrix, task)))
                .toArray(Line[]::new);
        return svg(lines(all), matrix.getRowsCount(), "Accuracy on each task after each task");
    }

    private static List<Point> points(GetAccuracyMatrixResponse matrix, int task) {
        return IntStream.range(task, matrix.getRowsCount())
                .filter(row -> task < matrix.getRows(row).getAccuracyCount())
                .mapToObj(row -> new Point(row, matrix.getRows(row).getAccuracy(task)))
                .toList();
    }

    private static List<Line> lines(Line... all) {
        return Stream.of(all).filter(line -> !line.points().isEmpty()).toList();
    }

    private static String svg(List<Line> lines, int tasks, String title) {
        StringBuilder svg = new StringBuilder(PLOT.open(title, GRID_PERCENT));
        int every = Math.max(1, (tasks + MOST_TICKS - 1) / MOST_TICKS);
        for (int task = 0; task < tasks; task += every) {
            svg.append(PLOT.below(x(task, tasks), "middle", Integer.toString(task + 1)));
        }
        List<Double> labels = lines.size() <= MOST_LABELS ? labelHeights(lines) : List.of();
        for (int index = 0; index < lines.size(); index++) {
            svg.append(line(lines.get(index), index, tasks));
            if (!labels.isEmpty()) {
                svg.append(label(lines.get(index), index, labels.get(index), tasks));
            }
        }
        return svg.append("</svg>").toString();
    }

    private static String line(Line line, int index, int tasks) {
        List<String> points = new ArrayList<>();
        StringBuilder dots = new StringBuilder();
        for (Point point : line.points()) {
            double x = x(point.task(), tasks);
            double y = PLOT.y(point.accuracy());
            points.add(Plot.point(x, y));
            dots.append(String.format(
                    Locale.ROOT,
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\"><title>%s after task %d: %.2f%%</title></circle>",
                    x,
                    y,
                    line.label(),
                    point.task() + 1,
                    point.accuracy()));
        }
        return "<g class=\"line c" + index % COLOURS + "\"><polyline points=\"" + String.join(" ", points) + "\"/>"
                + dots + "</g>\n";
    }

    private static String label(Line line, int index, double height, int tasks) {
        return String.format(
                Locale.ROOT,
                "<text class=\"label c%d\" x=\"%.1f\" y=\"%.1f\">%s %.2f%%</text>%n",
                index % COLOURS,
                x(tasks - 1, tasks) + 10,
                height,
                line.label(),
                line.last());
    }

    /** Heights of the labels at the ends of the lines, moved apart where they would cover each other. */
    private static List<Double> labelHeights(List<Line> lines) {
        double apart = 14;
        List<Integer> byHeight = IntStream.range(0, lines.size())
                .boxed()
                .sorted((a, b) ->
                        Double.compare(lines.get(b).last(), lines.get(a).last()))
                .collect(Collectors.toList());
        Double[] heights = new Double[lines.size()];
        double next = PLOT.top() + 4;
        for (int place = 0; place < byHeight.size(); place++) {
            double wanted = PLOT.y(lines.get(byHeight.get(place)).last()) + 4;
            double most = PLOT.end() + 4 - apart * (byHeight.size() - 1 - place);
            heights[byHeight.get(place)] = Math.max(next, Math.min(wanted, most));
            next = heights[byHeight.get(place)] + apart;
        }
        return List.of(heights);
    }

    private static double x(int task, int tasks) {
        double room = PLOT.room() - 20;
        return PLOT.left() + 10 + (tasks <= 1 ? room / 2 : room * task / (tasks - 1));
    }
}
