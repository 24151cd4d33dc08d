package io.engram.learning.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A data set of four IDX files in a folder of its name: 60000 training and 10000 test images of 28x28.
 *
 * @param description what it is
 */
record IdxDataset(DatasetDescription description) implements DatasetReader {
    private static final int SIDE = 28;
    private static final int TRAIN = 60000;
    private static final int TEST = 10000;

    static IdxDataset mnist() {
        return of(
                "mnist",
                "28x28 handwritten digits",
                "LeCun, Bottou, Bengio and Haffner 1998, Gradient-Based Learning Applied to Document Recognition",
                List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"));
    }

    static IdxDataset fashionMnist() {
        return of(
                "fashion-mnist",
                "28x28 images of clothing",
                "Xiao, Rasul and Vollgraf 2017, Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning"
                        + " Algorithms",
                List.of(
                        "t-shirt/top",
                        "trouser",
                        "pullover",
                        "dress",
                        "coat",
                        "sandal",
                        "shirt",
                        "sneaker",
                        "bag",
                        "ankle boot"));
    }

    private static IdxDataset of(String name, String description, String source, List<String> classes) {
        return new IdxDataset(
                new DatasetDescription(name, description, source, List.of(1, SIDE, SIDE), 255, classes, TRAIN, TEST));
    }

    @Override
    public void check(Optional<Path> dataDir) {
        Path folder = folder(dataDir);
        Idx.check(folder, images("train"), TRAIN, SIDE, SIDE);
        Idx.check(folder, labels("train"), TRAIN);
        Idx.check(folder, images("t10k"), TEST, SIDE, SIDE);
        Idx.check(folder, labels("t10k"), TEST);
    }

    @Override
    public Dataset read(Optional<Path> dataDir, SampleStorage storage) {
        Path folder = folder(dataDir);
        return new Dataset(description, part(folder, "train", TRAIN, storage), part(folder, "t10k", TEST, storage));
    }

    private static String images(String part) {
        return part + "-images-idx3-ubyte";
    }

    private static String labels(String part) {
        return part + "-labels-idx1-ubyte";
    }

    private Path folder(Optional<Path> dataDir) {
        return DataFolder.of(dataDir, description.name(), List.of(description.name()));
    }

    private Samples part(Path folder, String prefix, int count, SampleStorage storage) {
        Idx.check(folder, images(prefix), count, SIDE, SIDE);
        byte[] bytes = Idx.read(folder, labels(prefix), count);
        int[] labels = new int[count];
        for (int row = 0; row < count; row++) {
            labels[row] = bytes[row] & 0xff;
            if (labels[row] >= description.classes().size()) {
                throw new DatasetUnavailableException(folder.resolve(labels(prefix)) + ": label "
                        + labels[row] + " of sample " + row + " is not one of 0 to "
                        + (description.classes().size() - 1));
            }
        }
        return Samples.readLater(SIDE * SIDE, labels, () -> {
            byte[] pixels = Idx.read(folder, images(prefix), count, SIDE, SIDE);
            return Samples.copyOf(pixels, SIDE * SIDE, labels, storage).items();
        });
    }
}
