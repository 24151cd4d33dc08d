package io.engram.learning.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A folder of the data folder whose images are a data set, under the folder's name: {@code train/CLASS/IMAGE} and
 * {@code test/CLASS/IMAGE}, or lists {@code train.txt} and {@code test.txt}. Images are PNG or JPEG and are resized to the
 * size that {@link ImageFolderSettings} gives. Classes are those of the training images.
 *
 * @param folder where it is
 */
record ImageFolder(Path folder) implements DatasetReader {
    private static final String TRAIN = "train";
    private static final String TEST = "test";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /**
     * The image folders of a data folder, sorted by name. Only what is listed there can be named, so that no name leads out of
     * it.
     */
    static List<ImageFolder> in(Optional<Path> dataDir) {
        if (dataDir.filter(Files::isDirectory).isEmpty()) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(dataDir.get())) {
            return entries.filter(entry -> NAME.matcher(nameOf(entry)).matches())
                    .filter(entry -> LabelledImages.isIn(entry, TRAIN))
                    .sorted()
                    .map(ImageFolder::new)
                    .toList();
        } catch (IOException e) {
            throw new DatasetUnavailableException("the data folder " + dataDir.get() + " cannot be listed: " + e, e);
        }
    }

    private static String nameOf(Path folder) {
        return folder.getFileName().toString();
    }

    @Override
    public String name() {
        return nameOf(folder);
    }

    /** Without classes and samples where the folder is not in order. */
    @Override
    public DatasetDescription description() {
        try {
            return describe(LabelledImages.of(folder, TRAIN), LabelledImages.of(folder, TEST));
        } catch (DatasetUnavailableException e) {
            return new DatasetDescription(
                    name(), "images in a folder", "", List.of(RgbImage.CHANNELS, 1, 1), 255, List.of(), 0, 0);
        }
    }

    @Override
    public void check(Optional<Path> dataDir) {
        describe(LabelledImages.of(folder, TRAIN), LabelledImages.of(folder, TEST));
    }

    /** No image is opened before samples are asked for. */
    @Override
    public Dataset read(Optional<Path> dataDir, SampleStorage storage) {
        LabelledImages train = LabelledImages.of(folder, TRAIN);
        LabelledImages test = LabelledImages.of(folder, TEST);
        DatasetDescription description = describe(train, test);
        return new Dataset(description, samples(train, description, storage), samples(test, description, storage));
    }

    private DatasetDescription describe(LabelledImages train, LabelledImages test) {
        ImageFolderSettings settings = ImageFolderSettings.read(folder);
        List<String> classes = train.classNames();
        requireKnown(test, classes);
        return new DatasetDescription(
                name(),
                settings.description() + ", resized to " + settings.width() + "x" + settings.height(),
                settings.source(),
                List.of(RgbImage.CHANNELS, settings.height(), settings.width()),
                255,
                settings.normalisation(),
                classes,
                train.files().size(),
                test.files().size());
    }

    private void requireKnown(LabelledImages test, List<String> classes) {
        int[] labels = test.labels(classes);
        for (int row = 0; row < labels.length; row++) {
            if (labels[row] < 0) {
                throw new DatasetUnavailableException(
                        "the test image " + test.files().get(row) + " is of class \""
                                + test.classes().get(row) + "\", of which there are no training images");
            }
        }
    }

    private static Samples samples(LabelledImages images, DatasetDescription description, SampleStorage storage) {
        return Samples.readLater(
                description.itemBytes(),
                images.labels(description.classes()),
                () -> decoded(images.files(), description, storage));
    }

    private static SampleItems decoded(List<Path> files, DatasetDescription description, SampleStorage storage) {
        SampleItems items = storage.allocate(files.size(), description.itemBytes());
        int height = description.sampleShape().get(1);
        int width = description.sampleShape().get(2);
        IntStream.range(0, files.size()).parallel().forEach(row -> {
            RgbImage image = Bilinear.resize(ImageFile.read(files.get(row)), width, height);
            put(image, items.row(row));
        });
        return items;
    }

    /** From pixel by pixel to channel by channel. */
    private static void put(RgbImage image, ByteBuffer item) {
        int pixels = image.width() * image.height();
        for (int pixel = 0; pixel < pixels; pixel++) {
            for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
                item.put(channel * pixels + pixel, image.values()[pixel * RgbImage.CHANNELS + channel]);
            }
        }
    }
}
