package io.engram.replay;

import java.util.Arrays;

/**
 * What a policy may know of a buffer: which slots are filled, with which labels and tasks, and how many samples came by.
 * The samples themselves are none of its business.
 *
 * <p>Filled slots are 0 to {@code size() - 1}. Memory grows with the filled slots, not with the capacity.
 */
final class Slots {
    private static final int FIRST_GROWTH = 64;

    private final int capacity;
    private int[] labels = {};
    private int[] tasks = {};
    private int size;
    private long seen;

    Slots(int capacity) {
        this.capacity = capacity;
    }

    int capacity() {
        return capacity;
    }

    /** Filled slots. */
    int size() {
        return size;
    }

    boolean full() {
        return size == capacity;
    }

    /** Samples that were offered before the one at hand, whether they stayed or not. */
    long seen() {
        return seen;
    }

    int label(int slot) {
        return labels[slot];
    }

    int task(int slot) {
        return tasks[slot];
    }

    /** Counts a sample that was offered and, where {@code slot} is one, puts it there. */
    void record(int slot, int label, int task) {
        seen++;
        if (slot == InsertionPolicy.NOT_KEPT) {
            return;
        }
        if (slot == size) {
            size++;
            if (size > labels.length) {
                int length = grownLength(size, capacity);
                labels = Arrays.copyOf(labels, length);
                tasks = Arrays.copyOf(tasks, length);
            }
        }
        labels[slot] = label;
        tasks[slot] = task;
    }

    /** The length of an array that must hold {@code needed} now and {@code most} at last. */
    static int grownLength(int needed, int most) {
        return Math.min(most, Math.max(FIRST_GROWTH, needed + (needed >> 1)));
    }
}
