package io.engram.replay;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A batch of samples in contiguous memory, made once and filled again and again: nothing is allocated after construction.
 * Used by one thread at a time.
 */
public final class SampleBatch {
    private final int capacity;
    private final int itemBytes;
    private final ByteBuffer items;
    private final int[] labels;
    private final int[] tasks;
    private int size;

    /**
     * An empty batch.
     *
     * @param capacity samples it holds at most, 1 or more
     * @param itemBytes bytes of one sample, 1 to {@value BufferSettings#MAX_ITEM_BYTES}
     * @throws InvalidValueException when a bound is broken, or the whole is above 2 GiB
     */
    public SampleBatch(int capacity, int itemBytes) {
        if (itemBytes < 1 || itemBytes > BufferSettings.MAX_ITEM_BYTES) {
            throw new InvalidValueException("item_bytes", itemBytes, "1 to " + BufferSettings.MAX_ITEM_BYTES);
        }
        int mostItems = Integer.MAX_VALUE / itemBytes;
        if (capacity < 1 || capacity > mostItems) {
            throw new InvalidValueException(
                    "capacity", capacity, "1 to " + mostItems + " samples of " + itemBytes + " bytes");
        }
        this.capacity = capacity;
        this.itemBytes = itemBytes;
        items = ByteBuffer.allocateDirect(capacity * itemBytes).order(ByteOrder.LITTLE_ENDIAN);
        items.limit(0);
        labels = new int[capacity];
        tasks = new int[capacity];
    }

    /**
     * The samples one after another: direct, little-endian, position 0, limit {@code size() * itemBytes()}. Always the same
     * buffer, put back to that position and limit by this call.
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
        if (size < 0 || size > capacity) {
            throw new InvalidValueException("size", size, "0 to " + capacity);
        }
        this.size = size;
        items.limit(size * itemBytes).position(0);
    }

    /** Samples it holds at most. */
    public int capacity() {
        return capacity;
    }

    /** Bytes of one sample. */
    public int itemBytes() {
        return itemBytes;
    }
}
