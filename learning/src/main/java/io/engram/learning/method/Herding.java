package io.engram.learning.method;

import java.util.Arrays;

/**
 * Selects samples of a class so that the mean of the selected stays as near as can be to the mean of all (Welling 2009,
 * "Herding Dynamical Weights to Learn"; Rebuffi et al. 2017, "iCaRL", algorithm 4). What is selected for some number is the
 * beginning of what is selected for a larger one, so that a selection is reduced by cutting it off (algorithm 5).
 *
 * <p>As iCaRL has it, features have length 1 and the mean is brought back to it. The paper's algorithm would let a sample be
 * selected twice; here no sample is, as in its authors' code.
 */
final class Herding {

    private Herding() {}

    /**
     * Selects the smaller of {@code count} and all.
     *
     * @param features one row for each sample, of length 1
     * @return rows, best first, none twice; of equally good ones the first
     */
    static int[] select(float[][] features, int count) {
        int[] selected = new int[Math.min(count, features.length)];
        if (selected.length == 0) {
            return selected;
        }
        double[] mean = direction(features);
        double[] sum = new double[mean.length];
        boolean[] taken = new boolean[features.length];
        for (int k = 0; k < selected.length; k++) {
            selected[k] = nearest(features, taken, mean, sum, k + 1);
            taken[selected[k]] = true;
            add(features[selected[k]], sum);
        }
        return selected;
    }

    /** The mean, at length 1; where it is 0, as it is. */
    private static double[] direction(float[][] features) {
        double[] mean = new double[features[0].length];
        for (float[] row : features) {
            add(row, mean);
        }
        double length = Math.sqrt(Arrays.stream(mean).map(v -> v * v).sum());
        return length > 0 ? Arrays.stream(mean).map(v -> v / length).toArray() : mean;
    }

    /**
     * The sample {@code f} that brings the mean of the first {@code k} nearest. Of the distance from {@code mean} to
     * {@code (sum + f) / k} squared, what depends on {@code f} is, times {@code -k * k / 2},
     * {@code (k * mean - sum) f - f f / 2}.
     */
    private static int nearest(float[][] features, boolean[] taken, double[] mean, double[] sum, int k) {
        double[] wanted = new double[mean.length];
        Arrays.setAll(wanted, i -> k * mean[i] - sum[i]);
        int best = -1;
        double most = 0;
        for (int row = 0; row < features.length; row++) {
            if (!taken[row]) {
                double gain = gain(wanted, features[row]);
                if (best < 0 || gain > most) {
                    best = row;
                    most = gain;
                }
            }
        }
        return best;
    }

    private static double gain(double[] wanted, float[] feature) {
        double gain = 0;
        for (int i = 0; i < wanted.length; i++) {
            gain += (wanted[i] - 0.5 * feature[i]) * feature[i];
        }
        return gain;
    }

    private static void add(float[] feature, double[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += feature[i];
        }
    }
}
