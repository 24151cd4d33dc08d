package io.engram.cli.report;

import io.engram.proto.trainer.v1.CurvePoint;
import io.engram.proto.trainer.v1.GetTrainingCurvesResponse;
import io.engram.proto.trainer.v1.TrainingCurve;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Training accuracy over the steps of a run, as SVG inside the page. Colours are classes of the page's style sheet. */
final class TrainingChart {
    private static final Plot PLOT = new Plot(720, 220, 44, 10, 14, 34);
    private static final int COLOURS = 8;
    private static final int GRID_PERCENT = 25;

    private TrainingChart() {}

    static String of(GetTrainingCurvesResponse curves) {
        long steps =
                curves.getCurvesList().stream().mapToLong(TrainingChart::steps).sum();
        if (steps == 0) {
            return "<p>Nothing was recorded.</p>";
        }
        StringBuilder svg = new StringBuilder(PLOT.open("Training accuracy over steps", GRID_PERCENT));
        svg.append(PLOT.below(x(0, steps), "start", "step 0"));
        svg.append(PLOT.below(x(steps, steps), "end", "step " + steps));
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

    private static String line(TrainingCurve curve, long before, long steps) {
        List<String> points = new ArrayList<>();
        for (CurvePoint point : curve.getPointsList()) {
            points.add(Plot.point(x(before + point.getSteps(), steps), PLOT.y(point.getTrainAccuracy())));
        }
        return String.format(
                Locale.ROOT,
                "<g class=\"line c%d\"><title>task %d</title><polyline points=\"%s\"/></g>%n",
                curve.getTaskIndex() % COLOURS,
                curve.getTaskIndex() + 1,
                String.join(" ", points));
    }

    private static double x(long step, long steps) {
        return PLOT.left() + PLOT.room() * (double) step / steps;
    }
}
