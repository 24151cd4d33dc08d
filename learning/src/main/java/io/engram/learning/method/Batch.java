package io.engram.learning.method;

import io.engram.replay.SampleBatch;

/**
 * The samples of one step: rows of the training set, and what was replayed with them. One instance is filled again for
 * every step, so that nothing is allocated; do not keep it.
 */
public final class Batch {
    private final int[] rows;
    private final int[] classes;
    private final SampleBatch replayed;
    private int size;

    /**
     * @param capacity the most new samples
     * @param replayed the batch of a step without replay: empty
     */
    public Batch(int capacity, SampleBatch replayed) {
        this.rows = new int[capacity];
        this.classes = new int[capacity];
        this.replayed = replayed;
    }
}
