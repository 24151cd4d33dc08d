package io.engram.replay;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What a buffer is made with; it does not change later.
 *
 * @param capacity samples it holds at most, 1 to {@value #MAX_CAPACITY}
 * @param itemBytes bytes of one sample, 1 to {@value #MAX_ITEM_BYTES}
 * @param insertionPolicy which samples stay; one of {@link PolicyCatalog#insertionPolicies()}
 * @param samplingPolicy which samples are drawn; one of {@link PolicyCatalog#samplingPolicies()}
 * @param seed everything random in the buffer follows from this number
 */
public record BufferSettings(int capacity, int itemBytes, String insertionPolicy, String samplingPolicy, long seed) {
    public static final int MAX_CAPACITY = 10_000_000;
    public static final int MAX_ITEM_BYTES = 16_777_216;

    /** Policies that balance classes take labels below this number. */
    public static final int MAX_CLASSES = 65_536;

    /** Header of a {@code byte[]}, its reference, label, task, and the place in the sampling policy's permutation. */
    private static final int SLOT_OVERHEAD_BYTES = 16 + 8 + 3 * Integer.BYTES;

    /** @throws InvalidValueException with every value that is not allowed */
    public BufferSettings {
        List<Violation> violations = new ArrayList<>();
        checkRange(violations, "capacity", capacity, MAX_CAPACITY);
        checkRange(violations, "item_bytes", itemBytes, MAX_ITEM_BYTES);
        checkPolicy(violations, "insertion_policy", insertionPolicy, PolicyCatalog.insertionPolicies());
        checkPolicy(violations, "sampling_policy", samplingPolicy, PolicyCatalog.samplingPolicies());
        if (violations.isEmpty() && PolicyCatalog.byScore(insertionPolicy) && itemBytes < Float.BYTES) {
            violations.add(new Violation(
                    "item_bytes", Integer.toString(itemBytes), "4 or more, as the last four are a sample's score"));
        }
        if (!violations.isEmpty()) {
            throw new InvalidValueException(violations);
        }
    }

    /** Bytes of heap a full buffer takes at most, to within the alignment of objects. */
    public long memoryBytesWhenFull() {
        long tables = PolicyCatalog.byClass(this) ? (long) MAX_CLASSES * Classes.SEEN_OVERHEAD_BYTES : 0;
        return memoryBytes(capacity) + tables;
    }

    /** Without the tables of the classes that were seen. */
    long memoryBytes(int slots) {
        int ofClasses = PolicyCatalog.byClass(this) ? Classes.SLOT_OVERHEAD_BYTES : 0;
        int ofScores = PolicyCatalog.byScore(insertionPolicy) ? Float.BYTES : 0;
        return (long) slots * (itemBytes + SLOT_OVERHEAD_BYTES + ofClasses + ofScores);
    }

    /** Labels a buffer takes are below this number; the number itself may be one more than an int holds. */
    long labelLimit() {
        return PolicyCatalog.byClass(this) ? MAX_CLASSES : 1L << 31;
    }

    private static void checkRange(List<Violation> violations, String field, int value, int maximum) {
        if (value < 1 || value > maximum) {
            violations.add(new Violation(field, Integer.toString(value), "1 to " + maximum));
        }
    }

    private static void checkPolicy(List<Violation> violations, String field, String name, Collection<String> known) {
        if (!known.contains(String.valueOf(name))) {
            violations.add(new Violation(field, "'" + name + "'", String.join(", ", known)));
        }
    }
}
