package io.engram.replay;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A batch of samples in contiguous memory, made once and filled again and again: nothing is allocated after construction.
 * Used by one thread at a time.
 */
public final class SampleBatch {
    private final int itemBytes;
    private final ByteBuffer items;
    private final int[] labels;
    private final int[] tasks;
    private int size;

    /**
     * An empty batch with memory of its own, outside the heap.
     *
     * @param capacity samples it holds at most, 1 or more
     * @param itemBytes bytes of one sample, 1 to {@value BufferSettings#MAX_ITEM_BYTES}
     * @throws InvalidValueException when a bound is broken, or the whole is above 2 GiB
     */
    public SampleBatch(int capacity, int itemBytes) {
        this(allocate(capacity, itemBytes), itemBytes, new int[capacity], new int[capacity]);
        resize(0);
    }

    private SampleBatch(ByteBuffer items, int itemBytes, int[] labels, int[] tasks) {
        this.items = items;
        this.itemBytes = itemBytes;
        this.labels = labels;
        this.tasks = tasks;
        size = labels.length;
    }

    /**
     * A full batch over memory that is already there, such as a received message; nothing is copied. A batch over read-only
     * memory can be inserted, not drawn into.
     *
     * @param items the samples one after another, from its position to its limit
     * @param itemBytes bytes of one sample, 1 to {@value BufferSettings#MAX_ITEM_BYTES}
     * @param labels the class of each sample
     * @param tasks the task of each sample
     * @throws InvalidValueException when the three do not have the same number of samples
     */
    public static SampleBatch over(ByteBuffer items, int itemBytes, int[] labels, int[] tasks) {
        requireItemBytes(itemBytes);
        if (tasks.length != labels.length) {
            throw new InvalidValueException("tasks", tasks.length + " long", labels.length + ", as there are labels");
        }
        if (items.remaining() != (long) labels.length * itemBytes) {
            throw new InvalidValueException(
                    "items",
                    items.remaining() + " bytes",
                    (long) labels.length * itemBytes + " bytes, " + labels.length + " samples of " + itemBytes);
        }
        return new SampleBatch(items.slice().order(ByteOrder.LITTLE_ENDIAN), itemBytes, labels, tasks);
    }

    private static ByteBuffer allocate(int capacity, int itemBytes) {
        requireItemBytes(itemBytes);
        int mostItems = Integer.MAX_VALUE / itemBytes;
        if (capacity < 1 || capacity > mostItems) {
            throw new InvalidValueException(
                    "capacity", capacity, "1 to " + mostItems + " samples of " + itemBytes + " bytes");
        }
        return ByteBuffer.allocateDirect(capacity * itemBytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void requireItemBytes(int itemBytes) {
        if (itemBytes < 1 || itemBytes > BufferSettings.MAX_ITEM_BYTES) {
            throw new InvalidValueException("item_bytes", itemBytes, "1 to " + BufferSettings.MAX_ITEM_BYTES);
        }
    }

    /**
     * The samples one after another: little-endian, position 0, limit {@code size() * itemBytes()}. Always the same
     * buffer, put back to that position and limit by this call; direct where the batch has memory of its own.
     */
    public ByteBuffer items() {
        return items.limit(size * itemBytes).position(0);
    }

    /** The class of each sample, 0 or more; {@link #capacity()} long, of which the first {@link #size()} count. */
    public int[] labels() {
        return labels;
    }

    /** The task of each sample, 0 or more; {@link #capacity()} long, of which the first {@link #size()} count. */
    public int[] tasks() {
        return tasks;
    }

    /** Samples in the batch. */
    public int size() {
        return size;
    }

    /**
     * Says how many samples the batch holds; what the memory holds does not change.
     *
     * @throws InvalidValueException when {@code size} is not 0 to {@link #capacity()}
     */
    public void resize(int size) {
        if (size < 0 || size > capacity()) {
            throw new InvalidValueException("size", size, "0 to " + capacity());
        }
        this.size = size;
        items.limit(size * itemBytes).position(0);
    }

    /** Samples it holds at most. */
    public int capacity() {
        return labels.length;
    }

    /** Bytes of one sample. */
    public int itemBytes() {
        return itemBytes;
    }
}
