package io.engram.learning.method;

/**
 * What one step saw.
 *
 * @param predictions dense class ids that the model gave the new samples before the update
 * @param correct how many of them are right
 * @param loss the loss of the step
 */
public record Observation(int[] predictions, int correct, float loss) {

    /** Share of right predictions, 0 to 1. */
    public double accuracy() {
        return (double) correct / predictions.length;
    }
}
