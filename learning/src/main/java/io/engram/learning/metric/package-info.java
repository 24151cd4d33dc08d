/** The accuracy matrix and every figure derived from it. Start at {@link io.engram.learning.metric.AccuracyMatrix} and {@link io.engram.learning.metric.Metrics}. */
package io.engram.learning.metric;
