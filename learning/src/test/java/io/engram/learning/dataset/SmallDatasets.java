package io.engram.learning.dataset;

import java.util.List;
import java.util.stream.IntStream;

/** Small data sets for tests, made by hand. */
public final class SmallDatasets {

    private SmallDatasets() {}

    /** Samples of one value each, labels 0, 1, ..., 0, 1, ... */
    public static Dataset ofClasses(int classes, int trainPerClass, int testPerClass) {
        return of(classes, cycle(classes, trainPerClass), cycle(classes, testPerClass));
    }

    /** Samples of one value each, which is the row modulo 256. */
    public static Dataset of(int classes, int[] trainLabels, int[] testLabels) {
        List<String> names =
                IntStream.range(0, classes).mapToObj(label -> "class " + label).toList();
        return new Dataset(
                new DatasetDescription(
                        "by hand",
                        "made in a test",
                        "",
                        List.of(1, 1, 1),
                        255,
                        names,
                        trainLabels.length,
                        testLabels.length),
                samples(trainLabels),
                samples(testLabels));
    }

    /** The same test samples, beside training samples that cannot be read. */
    public static Dataset withoutTraining(Dataset whole) {
        Samples unread = Samples.readLater(1, whole.train().labels(), () -> {
            throw new DatasetUnavailableException("the training samples cannot be read");
        });
        return new Dataset(whole.description(), unread, whole.test());
    }

    private static int[] cycle(int classes, int perClass) {
        return IntStream.range(0, classes * perClass).map(row -> row % classes).toArray();
    }

    private static Samples samples(int[] labels) {
        byte[] items = new byte[labels.length];
        for (int row = 0; row < items.length; row++) {
            items[row] = (byte) row;
        }
        return Samples.copyOf(items, 1, labels);
    }
}
