package io.engram.learning.scenario;

import io.engram.replay.SampleBatch;

/**
 * The samples of one step: rows of a set of samples, and what was replayed with them. One instance is filled again for
 * every step, so that nothing is allocated; do not keep it.
 */
public final class Batch {
    private final int[] rows;
    private final int[] classes;
    private int size;
    private SampleBatch replayed = new SampleBatch(1, 1);

    /** @param capacity the most new samples */
    public Batch(int capacity) {
        rows = new int[capacity];
        classes = new int[capacity];
    }

    public int capacity() {
        return rows.length;
    }

    public int size() {
        return size;
    }

    /** Row of sample {@code k} in its {@link io.engram.learning.dataset.Samples}. */
    public int row(int k) {
        return rows[k];
    }

    /** Dense class id of sample {@code k}. */
    public int classOf(int k) {
        return classes[k];
    }

    /** What is replayed in this step; empty for methods without replay. */
    public SampleBatch replayed() {
        return replayed;
    }

    public void replay(SampleBatch drawn) {
        replayed = drawn;
    }

    void clear() {
        size = 0;
    }

    void add(int row, int denseId) {
        rows[size] = row;
        classes[size] = denseId;
        size++;
    }
}
