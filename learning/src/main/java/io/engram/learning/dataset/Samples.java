package io.engram.learning.dataset;

import java.util.function.Supplier;

/** Labelled samples. Their labels are known; their values may be read when they are first asked for. Safe for use by many threads. */
public final class Samples {
    private final int[] labels;
    private final int itemBytes;
    /** Null once it has read. */
    private Supplier<SampleItems> reader;

    private SampleItems items;

    private Samples(int[] labels, int itemBytes, SampleItems items, Supplier<SampleItems> reader) {
        this.labels = labels;
        this.itemBytes = itemBytes;
        this.items = items;
        this.reader = reader;
    }

    /**
     * Samples that were read.
     *
     * @param items their values
     * @param labels original labels of the data set, one for each sample
     */
    public Samples(SampleItems items, int[] labels) {
        this(labels, items.itemBytes(), requireOneLabelEach(items, labels), null);
    }

    /** Samples that are read when their values are first asked for; where that fails, each time they are. */
    static Samples readLater(int itemBytes, int[] labels, Supplier<SampleItems> reader) {
        return new Samples(labels, itemBytes, null, reader);
    }

    /** Copies {@code bytes}, which hold {@code labels.length} samples, into standard storage. */
    public static Samples copyOf(byte[] bytes, int itemBytes, int[] labels) {
        return copyOf(bytes, itemBytes, labels, SampleStorage.standard());
    }

    /** The same, held as given. */
    public static Samples copyOf(byte[] bytes, int itemBytes, int[] labels, SampleStorage storage) {
        if (bytes.length != (long) labels.length * itemBytes) {
            throw new IllegalArgumentException("the items of " + labels.length + " samples of " + itemBytes
                    + " bytes are given in " + bytes.length + " bytes");
        }
        SampleItems items = storage.allocate(labels.length, itemBytes);
        for (int row = 0; row < labels.length; row++) {
            items.put(row, bytes, row * itemBytes);
        }
        return new Samples(items, labels.clone());
    }

    private static SampleItems requireOneLabelEach(SampleItems items, int[] labels) {
        if (items.samples() != labels.length) {
            throw new IllegalArgumentException(labels.length + " labels were given for " + items.samples()
                    + " samples; there must be one for each");
        }
        return items;
    }

    /**
     * Their values.
     *
     * @throws DatasetUnavailableException where they are read now, and cannot be
     */
    public synchronized SampleItems items() {
        if (items == null) {
            items = requireOneLabelEach(reader.get(), labels);
            reader = null;
        }
        return items;
    }

    /** Original labels of the data set, one for each sample. */
    public int[] labels() {
        return labels;
    }

    public int size() {
        return labels.length;
    }

    /** Bytes of one sample. */
    public int itemBytes() {
        return itemBytes;
    }
}
