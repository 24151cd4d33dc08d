package io.engram.replay;

import java.util.Arrays;

/**
 * Which slots hold which class. Kept only for policies that ask for it, see {@link InsertionPolicy#byClass()}.
 *
 * <p>The slots of a class have ranks from 0, in the order in which they were filled as long as only the first or the last of
 * a class leaves; when another one leaves, the last takes its rank.
 */
final class Classes {
    /** Bytes of heap for a class that was seen, whether or not any of its samples are held. */
    static final int SEEN_OVERHEAD_BYTES = 2 * Long.BYTES + 1 + 2 * Integer.BYTES;

    /** Bytes of heap for a slot at worst: its place, its entry in a list that may be a quarter full, a class of its own. */
    static final int SLOT_OVERHEAD_BYTES = Integer.BYTES + 4 * Integer.BYTES + 64;

    private final int capacity;
    private ClassSlots[] slotsOf = {};
    private long[] seenOf = {};
    private boolean[] wasLargest = {};
    private int labelLimit;
    private int classesSeen;
    private int largest;
    private int held;

    /** Of each filled slot, where it is in the list of its class. */
    private int[] places = {};

    Classes(int capacity) {
        this.capacity = capacity;
    }

    /** Labels are below this number. */
    int labelLimit() {
        return labelLimit;
    }

    /** Classes of which at least one sample was offered. */
    int classesSeen() {
        return classesSeen;
    }

    /** Samples of a class that were offered. */
    long seen(int label) {
        return label < labelLimit ? seenOf[label] : 0;
    }

    /** Samples of a class that are held. */
    int held(int label) {
        return label < labelLimit && slotsOf[label] != null ? slotsOf[label].count() : 0;
    }

    /** Samples held of the class of which most are held. */
    int largest() {
        return largest;
    }

    /** Whether a class has, or had after any sample since the memory was first filled, as many samples as the largest. */
    boolean wasLargest(int label) {
        return label < labelLimit && wasLargest[label];
    }

    /** The slot of a rank, 0 to {@code held(label) - 1}. */
    int slot(int label, int rank) {
        return slotsOf[label].at(rank);
    }

    /** Lets two slots of a class change ranks. */
    void swap(int label, int rank, int other) {
        slotsOf[label].swap(rank, other, places);
    }

    /** Counts a sample that was offered. */
    void offered(int label) {
        growTo(label);
        if (seenOf[label]++ == 0) {
            classesSeen++;
        }
    }

    /** A slot was filled. */
    void add(int slot, int label) {
        if (slot >= places.length) {
            places = Arrays.copyOf(places, Slots.grownLength(slot + 1, capacity));
        }
        if (slotsOf[label] == null) {
            slotsOf[label] = new ClassSlots();
        }
        slotsOf[label].add(slot, places);
        held++;
        if (slotsOf[label].count() >= largest) {
            largest = slotsOf[label].count();
            wasLargest[label] |= held > capacity;
        }
        if (held == capacity) {
            markLargest();
        }
    }

    /** The sample of a slot was replaced by one that comes last in its class. */
    void replace(int slot, int oldLabel, int label) {
        int place = places[slot];
        if (oldLabel == label) {
            slotsOf[label].renew(place, places);
            return;
        }
        // In this order no class counts as largest that is so only between the two.
        add(slot, label);
        removeAt(place, oldLabel);
    }

    /** A slot was emptied. */
    void remove(int slot, int label) {
        removeAt(places[slot], label);
    }

    /** A sample went to another slot and keeps its rank. */
    void moved(int from, int to, int label) {
        places[to] = places[from];
        slotsOf[label].set(places[to], to);
    }

    /** Puts a class back as it was stored, with its slots by rank. */
    void restore(int label, long seen, boolean largestOnce, int[] slots) {
        growTo(label);
        for (int slot : slots) {
            add(slot, label);
        }
        seenOf[label] = seen;
        wasLargest[label] = largestOnce;
        classesSeen += seen > 0 ? 1 : 0;
    }

    private void removeAt(int place, int label) {
        ClassSlots members = slotsOf[label];
        boolean ofLargest = members.count() == largest;
        members.remove(place, places);
        held--;
        if (members.count() == 0) {
            slotsOf[label] = null;
        }
        if (ofLargest) {
            findLargest();
        }
    }

    private void findLargest() {
        largest = 0;
        for (int label = 0; label < labelLimit; label++) {
            largest = Math.max(largest, held(label));
        }
        if (held == capacity) {
            markLargest();
        }
    }

    private void markLargest() {
        for (int label = 0; label < labelLimit; label++) {
            wasLargest[label] |= held(label) == largest;
        }
    }

    private void growTo(int label) {
        if (label >= seenOf.length) {
            int length = Slots.grownLength(label + 1, BufferSettings.MAX_CLASSES);
            slotsOf = Arrays.copyOf(slotsOf, length);
            seenOf = Arrays.copyOf(seenOf, length);
            wasLargest = Arrays.copyOf(wasLargest, length);
        }
        labelLimit = Math.max(labelLimit, label + 1);
    }
}
