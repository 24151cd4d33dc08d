package io.engram.learning.scenario;

import io.engram.learning.dataset.Samples;

/**
 * Samples that a task is trained or tested on, and what they are in the scenario. Tasks may share samples; {@code rows} says
 * which are this task's.
 *
 * @param samples the samples
 * @param classes dense class id of every sample; -1 for classes that take no part
 * @param tasks task of every sample; -1 for classes that take no part
 * @param rows the samples that belong, ascending
 */
public record TaskSamples(Samples samples, int[] classes, int[] tasks, int[] rows) {}
