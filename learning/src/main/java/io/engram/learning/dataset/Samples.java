package io.engram.learning.dataset;

/**
 * Labelled samples.
 *
 * @param items their values
 * @param labels original labels of the data set, one for each sample
 */
public record Samples(SampleItems items, int[] labels) {

    public Samples {
        if (items.samples() != labels.length) {
            throw new IllegalArgumentException(labels.length + " labels were given for " + items.samples()
                    + " samples; there must be one for each");
        }
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

    public int size() {
        return labels.length;
    }

    /** Bytes of one sample. */
    public int itemBytes() {
        return items.itemBytes();
    }
}
