package io.engram.learning.dataset;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * The values of samples, one {@code uint8} for each, outside of the heap, so that an engine can use them without a copy. They lie one after
 * another in buffers of as many whole samples as fit. Made by {@link SampleStorage#allocate}. Safe for use by many threads, as long as no
 * two write the same sample.
 */
public final class SampleItems {
    private final SampleStorage storage;
    private final int samples;
    private final int itemBytes;
    private final int samplesInPart;
    private final List<ByteBuffer> parts;

    SampleItems(SampleStorage storage, int samples, int itemBytes, int samplesInPart, List<ByteBuffer> parts) {
        this.storage = storage;
        this.samples = samples;
        this.itemBytes = itemBytes;
        this.samplesInPart = samplesInPart;
        this.parts = parts;
    }

    /** How many samples there are. */
    public int samples() {
        return samples;
    }

    /** Bytes of one sample. */
    public int itemBytes() {
        return itemBytes;
    }

    /** Bytes of all samples. */
    public long bytes() {
        return (long) samples * itemBytes;
    }

    /** Where they are held. */
    public SampleStorage storage() {
        return storage;
    }

    /** The buffers, each from its first byte to its last; all but the last hold equally many samples. */
    public List<ByteBuffer> parts() {
        return parts.stream().map(part -> part.duplicate().clear()).toList();
    }

    /** The value of one byte of a sample. */
    public byte get(int row, int k) {
        return part(row).get(start(row) + k);
    }

    /** A sample, to be read or written: {@code itemBytes} bytes. */
    public ByteBuffer row(int row) {
        return part(row).slice(start(row), itemBytes);
    }

    /** Writes a sample from {@code from[start]} on. */
    public void put(int row, byte[] from, int start) {
        part(row).put(start(row), from, start, itemBytes);
    }

    /** Copies a sample to {@code into} from its byte {@code at} on. */
    public void copy(int row, ByteBuffer into, int at) {
        into.put(at, part(row), start(row), itemBytes);
    }

    /** Copies all samples of others, which are as long, to the rows from {@code firstRow} on. */
    public void put(int firstRow, SampleItems others) {
        for (int row = 0; row < others.samples; row++) {
            others.copy(row, part(firstRow + row), start(firstRow + row));
        }
    }

    /** Room for so many samples of this length, held as these are. */
    public SampleItems another(int count) {
        return storage.allocate(count, itemBytes);
    }

    private ByteBuffer part(int row) {
        return parts.get(row / samplesInPart);
    }

    private int start(int row) {
        return row % samplesInPart * itemBytes;
    }
}
