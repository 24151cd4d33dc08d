package io.engram.learning.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A binary file of CIFAR-10 or CIFAR-100: for each image its label bytes, then {@code [3, 32, 32]} bytes, red first
 * (Krizhevsky, "The CIFAR-10 dataset": the format's description on its page, "Binary version").
 *
 * @param name without {@code .gz}
 * @param samples images that the published file holds
 * @param labelBounds for each label byte of an image, the number of its values; the last one is the class
 */
record CifarFile(String name, int samples, List<Integer> labelBounds) {
    static final int ITEM_BYTES = 3 * 32 * 32;
    private static final String UNIT = "bytes";

    /** Looks whether the file is there and, where it is not compressed, has the right size. */
    void check(Path folder) {
        PublishedFile file = PublishedFile.require(folder, name);
        file.read(in -> {
            requireSize(file);
            return file;
        });
    }

    /** Writes the images to {@code items}, and their classes to {@code labels}, from {@code start} on. */
    void read(Path folder, SampleItems items, int[] labels, int start) {
        PublishedFile file = PublishedFile.require(folder, name);
        file.read(in -> {
            requireSize(file);
            byte[] image = new byte[imageBytes()];
            for (int row = 0; row < samples; row++) {
                int found = in.readNBytes(image, 0, image.length);
                if (found < image.length) {
                    file.requireLength(UNIT, expectedBytes(), (long) row * image.length + found);
                }
                labels[start + row] = label(file, image, row);
                items.put(start + row, image, labelBounds.size());
            }
            file.requireEnd(in, UNIT, expectedBytes());
            return file;
        });
    }

    private void requireSize(PublishedFile file) throws IOException {
        if (!file.isCompressed()) {
            file.requireLength(UNIT, expectedBytes(), Files.size(file.path()));
        }
    }

    private int label(PublishedFile file, byte[] image, int row) {
        for (int k = 0; k < labelBounds.size(); k++) {
            if ((image[k] & 0xff) >= labelBounds.get(k)) {
                throw new DatasetUnavailableException(file + ": label byte " + k + " of sample " + row + " is "
                        + (image[k] & 0xff) + ", not one of 0 to " + (labelBounds.get(k) - 1));
            }
        }
        return image[labelBounds.size() - 1];
    }

    private long expectedBytes() {
        return (long) samples * imageBytes();
    }

    private int imageBytes() {
        return labelBounds.size() + ITEM_BYTES;
    }
}
