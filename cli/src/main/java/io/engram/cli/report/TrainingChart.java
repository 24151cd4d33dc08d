package io.engram.cli.report;

import io.engram.proto.trainer.v1.CurvePoint;
import io.engram.proto.trainer.v1.GetTrainingCurvesResponse;
import io.engram.proto.trainer.v1.TrainingCurve;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Training accuracy over the steps of a run, as SVG inside the page. Colours are classes of the page's style sheet. */
final class TrainingChart {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 220;
    private static final int LEFT = 44;
    private static final int RIGHT = 10;
    private static final int TOP = 14;
    private static final int BOTTOM = 34;
    private static final int COLOURS = 8;
    private static final int GRID_PERCENT = 25;

    private TrainingChart() {}

    static String of(GetTrainingCurvesResponse curves) {
        long steps =
                curves.getCurvesList().stream().mapToLong(TrainingChart::steps).sum();
        if (steps == 0) {
            return "<p>Nothing was recorded.</p>";
        }
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"Training accuracy over steps\">%n",
                WIDTH,
                HEIGHT));
        svg.append(axes(steps));
        long before = 0;
        for (TrainingCurve curve : curves.getCurvesList()) {
            svg.append(line(curve, before, steps));
            before += steps(curve);
        }
        return svg.append("</svg>").toString();
    }

    private static long steps(TrainingCurve curve) {
        return curve.getPointsCount() == 0
                ? 0
                : curve.getPoints(curve.getPointsCount() - 1).getSteps();
    }

    private static String axes(long steps) {
        StringBuilder axes = new StringBuilder();
        for (int percent = 0; percent <= 100; percent += GRID_PERCENT) {
            axes.append(String.format(
                    Locale.ROOT,
                    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>"
                            + "<text class=\"axis\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%d%%</text>%n",
                    LEFT,
                    WIDTH - RIGHT,
                    y(percent),
                    y(percent),
                    LEFT - 8,
                    y(percent) + 4,
                    percent));
        }
        return axes + axisText(0, steps, "start") + axisText(steps, steps, "end");
    }

    private static String axisText(long step, long steps, String anchor) {
        return String.format(
                Locale.ROOT,
                "<text class=\"axis\" x=\"%.1f\" y=\"%d\" text-anchor=\"%s\">step %d</text>%n",
                x(step, steps),
                HEIGHT - BOTTOM + 18,
                anchor,
                step);
    }

    private static String line(TrainingCurve curve, long before, long steps) {
        List<String> points = new ArrayList<>();
        for (CurvePoint point : curve.getPointsList()) {
            points.add(String.format(
                    Locale.ROOT, "%.1f,%.1f", x(before + point.getSteps(), steps), y(point.getTrainAccuracy())));
        }
        return String.format(
                Locale.ROOT,
                "<g class=\"line c%d\"><title>task %d</title><polyline points=\"%s\"/></g>%n",
                curve.getTaskIndex() % COLOURS,
                curve.getTaskIndex() + 1,
                String.join(" ", points));
    }

    private static double x(long step, long steps) {
        return LEFT + (WIDTH - LEFT - RIGHT) * (double) step / steps;
    }

    private static double y(double percent) {
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - percent / 100);
    }
}
