package io.engram.learning.run;

/**
 * What a frozen model says of one batch.
 *
 * @param output scores, logits where the model chooses by them, {@code [batch, classes]} in row-major order
 * @param predictions the class of the largest score that the scenario allows, the first where there are several
 * @param correct how many are right
 * @param amongAll how many are right among all classes
 * @param amongOwn how many are right among the classes of the batch's task
 */
public record Inference(float[] output, int[] predictions, int correct, int amongAll, int amongOwn) {

    /** Share of right predictions, 0 to 1. */
    public double accuracy() {
        return (double) correct / predictions.length;
    }
}
