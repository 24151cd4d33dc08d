package io.engram.learning.dataset;

import java.nio.ByteBuffer;

/**
 * Labelled samples, one after another in native memory, so that an engine can use them without a copy.
 *
 * @param items {@code labels.length * itemBytes} bytes in a direct buffer, one {@code uint8} for each value
 * @param itemBytes bytes of one sample
 * @param labels original labels of the data set
 */
public record Samples(ByteBuffer items, int itemBytes, int[] labels) {

    public Samples {
        if (!items.isDirect() || items.capacity() != (long) labels.length * itemBytes) {
            throw new IllegalArgumentException("items must be a direct buffer of " + labels.length + " x " + itemBytes
                    + " bytes, but holds " + items.capacity());
        }
    }

    /** Copies {@code bytes}, which hold {@code labels.length} samples, into native memory. */
    public static Samples copyOf(byte[] bytes, int itemBytes, int[] labels) {
        ByteBuffer items = ByteBuffer.allocateDirect(bytes.length);
        items.put(0, bytes);
        return new Samples(items, itemBytes, labels.clone());
    }

    public int size() {
        return labels.length;
    }
}
