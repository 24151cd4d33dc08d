package io.engram.learning.run;

import io.engram.learning.checkpoint.IntervalTotals;
import io.engram.learning.method.Observation;
import java.util.ArrayList;
import java.util.List;

/**
 * The training curve of a task at a resolution that is bounded whatever the number of steps: at most {@value #MOST_POINTS} points, each
 * the mean of the steps of an interval, all of them equally long to within one step.
 */
final class CurveMeter {
    static final int MOST_POINTS = 64;

    private final long[] steps = new long[MOST_POINTS];
    private final long[] samples = new long[MOST_POINTS];
    private final long[] correct = new long[MOST_POINTS];
    private final double[] loss = new double[MOST_POINTS];
    private int points;
    private long taskSteps;
    private long step;

    /** Begins a task of so many steps; goes on with what was counted where some of them are done. */
    void start(long stepsOfTask, long stepsDone, List<IntervalTotals> counted) {
        taskSteps = stepsOfTask;
        step = stepsDone;
        points = (int) Math.min(MOST_POINTS, stepsOfTask);
        for (int i = 0; i < points; i++) {
            IntervalTotals interval = i < counted.size() ? counted.get(i) : IntervalTotals.NONE;
            steps[i] = interval.steps();
            samples[i] = interval.samples();
            correct[i] = interval.correct();
            loss[i] = interval.loss();
        }
    }

    void add(Observation observation) {
        int interval = (int) (step * points / taskSteps);
        step++;
        steps[interval]++;
        samples[interval] += observation.predictions().length;
        correct[interval] += observation.correct();
        loss[interval] += observation.loss();
    }

    /** What was counted so far, up to the interval under way. */
    List<IntervalTotals> totals() {
        List<IntervalTotals> totals = new ArrayList<>();
        for (int i = 0; i < points && i * taskSteps < step * points; i++) {
            totals.add(new IntervalTotals(steps[i], samples[i], correct[i], loss[i]));
        }
        return totals;
    }

    /** The points of intervals of which something was counted. */
    List<CurvePoint> curve() {
        List<CurvePoint> curve = new ArrayList<>();
        for (int i = 0; i < points; i++) {
            if (steps[i] > 0) {
                // The first step that is not of the interval any more: step * points / taskSteps reaches i + 1 there.
                long end = Math.min(step, ((i + 1) * taskSteps + points - 1) / points);
                curve.add(new CurvePoint(end, loss[i] / steps[i], 100.0 * correct[i] / samples[i]));
            }
        }
        return curve;
    }
}
