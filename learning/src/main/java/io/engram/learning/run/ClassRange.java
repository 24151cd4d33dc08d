package io.engram.learning.run;

/**
 * Columns of the head that a choice is made among.
 *
 * @param start the first
 * @param end the one behind the last
 */
record ClassRange(int start, int end) {

    /**
     * For each sample the column of its largest value, the first where there are several.
     *
     * @param output {@code [samples, classes]} row by row
     */
    int[] largest(float[] output, int samples, int classes) {
        int[] largest = new int[samples];
        for (int k = 0; k < samples; k++) {
            largest[k] = largest(output, k * classes);
        }
        return largest;
    }

    private int largest(float[] output, int row) {
        int best = start;
        for (int column = start + 1; column < end; column++) {
            if (output[row + column] > output[row + best]) {
                best = column;
            }
        }
        return best;
    }
}
