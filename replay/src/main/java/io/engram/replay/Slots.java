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
    private final Classes classes;
    private int[] labels = {};
    private int[] tasks = {};
    /** Empty where samples have none. */
    private float[] scores = {};

    private int size;
    private long seen;

    /** @param byClass whether some policy asks for {@link #classes()} */
    Slots(int capacity, boolean byClass) {
        this.capacity = capacity;
        classes = byClass ? new Classes(capacity) : null;
    }

    /** Slots that hold what is stored; the classes are put back by the caller. */
    Slots(int capacity, boolean byClass, int[] labels, int[] tasks, int size, long seen) {
        this(capacity, byClass);
        this.labels = labels;
        this.tasks = tasks;
        this.size = size;
        this.seen = seen;
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

    /** Which slots hold which class; for policies that said so, see {@link InsertionPolicy#byClass()}. */
    Classes classes() {
        return classes;
    }

    boolean byClass() {
        return classes != null;
    }

    int label(int slot) {
        return labels[slot];
    }

    int task(int slot) {
        return tasks[slot];
    }

    /** The score of the sample in a slot; for policies that said so, see {@link InsertionPolicy#byScore()}. */
    float score(int slot) {
        return scores[slot];
    }

    /** Says what the score of the sample in a slot is. */
    void score(int slot, float score) {
        if (slot >= scores.length) {
            scores = Arrays.copyOf(scores, grownLength(slot + 1, capacity));
        }
        scores[slot] = score;
    }

    /** Counts a sample that was offered and, where {@code slot} is one, puts it there. */
    void record(int slot, int label, int task) {
        seen++;
        if (classes != null) {
            recordClass(slot, label);
        }
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

    private void recordClass(int slot, int label) {
        classes.offered(label);
        if (slot == size) {
            classes.add(slot, label);
        } else if (slot != InsertionPolicy.NOT_KEPT) {
            classes.replace(slot, labels[slot], label);
        }
    }

    /** Empties a slot; the sample of the last one moves into it. */
    void remove(int slot) {
        int last = size - 1;
        if (classes != null) {
            classes.remove(slot, labels[slot]);
            if (slot != last) {
                classes.moved(last, slot, labels[last]);
            }
        }
        labels[slot] = labels[last];
        tasks[slot] = tasks[last];
        if (scores.length > last) {
            scores[slot] = scores[last];
        }
        size = last;
    }

    /** The length of an array that must hold {@code needed} now and {@code most} at last. */
    static int grownLength(int needed, int most) {
        return Math.min(most, Math.max(FIRST_GROWTH, needed + (needed >> 1)));
    }
}
