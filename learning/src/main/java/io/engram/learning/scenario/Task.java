package io.engram.learning.scenario;

import java.util.List;

/**
 * One task of a scenario.
 *
 * @param index 0-based position in the sequence
 * @param labels original labels of the classes it brings, in the order of their dense ids
 * @param trainRows rows of its samples in the training set, ascending
 * @param testRows rows of its samples in the test set, ascending
 */
public record Task(int index, List<Integer> labels, int[] trainRows, int[] testRows) {

    public Task {
        labels = List.copyOf(labels);
    }
}
