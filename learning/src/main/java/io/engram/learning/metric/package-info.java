/**
 * The accuracy matrix and every figure derived from it: start at {@link io.engram.learning.metric.AccuracyMatrix} and {@link
 * io.engram.learning.metric.Metrics}. Which class was taken for which: {@link io.engram.learning.metric.ConfusionMatrix}.
 */
package io.engram.learning.metric;
