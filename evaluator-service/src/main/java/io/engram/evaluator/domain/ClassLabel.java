package io.engram.evaluator.domain;

/**
 * A class as the data set names it.
 *
 * @param label the original label
 * @param name its name
 */
public record ClassLabel(int label, String name) {}
