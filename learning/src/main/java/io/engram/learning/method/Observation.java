package io.engram.learning.method;

/**
 * What one step saw.
 *
 * @param predictions dense class ids that the model gave the new samples before the update
 * @param correct how many of them are right
 * @param loss the loss of the step
 * @param remembered what is remembered with the new samples, row by row: their logits before the update, {@code [batch,
 *     classes]}, or a score for each; empty unless the method has them remembered
 */
public record Observation(int[] predictions, int correct, float loss, float[] remembered) {

    /** Share of right predictions, 0 to 1. */
    public double accuracy() {
        return (double) correct / predictions.length;
    }
}
