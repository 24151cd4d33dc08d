package io.engram.learning.dataset;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Several data sets one after another as one, under their names joined by {@code +}: the classes of the first, then those of the
 * second, and so on, so that an ascending class order meets them in turn (as the 5-datasets sequence of Ebrahimi et al. 2020,
 * "Adversarial Continual Learning"). Where they differ, images are brought to one form: as high and as wide as the largest, red, green
 * and blue where one of them is, values up to 255; and the mean and deviation of each are kept where all have the same.
 *
 * @param readers two or more, each once
 */
record DatasetSequence(List<DatasetReader> readers) implements DatasetReader {
    static final String SEPARATOR = "+";

    private static final int MAXIMUM = 255;

    DatasetSequence {
        readers = List.copyOf(readers);
    }

    @Override
    public String name() {
        return readers.stream().map(DatasetReader::name).collect(Collectors.joining(SEPARATOR));
    }

    @Override
    public DatasetDescription description() {
        return joined(readers.stream().map(DatasetReader::description).toList());
    }

    @Override
    public DatasetDescription describe(Optional<Path> dataDir) {
        return joined(readers.stream().map(reader -> reader.describe(dataDir)).toList());
    }

    @Override
    public void check(Optional<Path> dataDir) {
        readers.forEach(reader -> reader.check(dataDir));
    }

    @Override
    public Dataset read(Optional<Path> dataDir, SampleStorage storage) {
        List<Dataset> parts =
                readers.stream().map(reader -> reader.read(dataDir, storage)).toList();
        DatasetDescription description =
                joined(parts.stream().map(Dataset::description).toList());
        return new Dataset(
                description,
                samples(parts, parts.stream().map(Dataset::train).toList(), description, storage),
                samples(parts, parts.stream().map(Dataset::test).toList(), description, storage));
    }

    private DatasetDescription joined(List<DatasetDescription> parts) {
        return new DatasetDescription(
                name(),
                parts.stream().map(DatasetDescription::description).collect(Collectors.joining(", then ")),
                parts.stream().map(DatasetDescription::source).collect(Collectors.joining("; ")),
                List.of(largest(parts, 0), largest(parts, 1), largest(parts, 2)),
                parts.stream().map(DatasetDescription::maximum).distinct().count() == 1
                        ? parts.get(0).maximum()
                        : MAXIMUM,
                parts.stream().map(DatasetDescription::normalisation).distinct().count() == 1
                        ? parts.get(0).normalisation()
                        : Optional.empty(),
                parts.stream()
                        .flatMap(part -> part.classes().stream().map(name -> part.name() + " " + name))
                        .toList(),
                sum(parts, DatasetDescription::trainSamples),
                sum(parts, DatasetDescription::testSamples));
    }

    private static int largest(List<DatasetDescription> parts, int dimension) {
        return parts.stream()
                .mapToInt(part -> part.sampleShape().get(dimension))
                .max()
                .orElseThrow();
    }

    private static int sum(List<DatasetDescription> parts, ToIntFunction<DatasetDescription> samples) {
        return parts.stream().mapToInt(samples).sum();
    }

    /** Read where those of the parts are. */
    private static Samples samples(
            List<Dataset> datasets, List<Samples> parts, DatasetDescription description, SampleStorage storage) {
        return Samples.readLater(
                description.itemBytes(),
                labels(datasets, parts),
                () -> converted(datasets, parts, description, storage));
    }

    private static int[] labels(List<Dataset> datasets, List<Samples> parts) {
        IntStream.Builder labels = IntStream.builder();
        int classes = 0;
        for (int part = 0; part < parts.size(); part++) {
            for (int label : parts.get(part).labels()) {
                labels.add(classes + label);
            }
            classes += datasets.get(part).description().classes().size();
        }
        return labels.build().toArray();
    }

    private static SampleItems converted(
            List<Dataset> datasets, List<Samples> parts, DatasetDescription description, SampleStorage storage) {
        int size = parts.stream().mapToInt(Samples::size).sum();
        SampleItems items = storage.allocate(size, description.itemBytes());
        int row = 0;
        for (int part = 0; part < parts.size(); part++) {
            new Conversion(datasets.get(part).description(), description).convert(parts.get(part), items, row);
            row += parts.get(part).size();
        }
        return items;
    }

    /** From one form of samples to another, with as many channels or more. */
    private record Conversion(DatasetDescription from, DatasetDescription to) {

        void convert(Samples samples, SampleItems into, int firstRow) {
            if (from.sampleShape().equals(to.sampleShape()) && from.maximum() == to.maximum()) {
                into.put(firstRow, samples.items());
                return;
            }
            IntStream.range(0, samples.size())
                    .parallel()
                    .forEach(row -> put(resized(samples, row), into.row(firstRow + row)));
        }

        private RgbImage resized(Samples samples, int row) {
            int channels = from.sampleShape().get(0);
            int height = from.sampleShape().get(1);
            int width = from.sampleShape().get(2);
            int pixels = height * width;
            byte[] values = new byte[pixels * RgbImage.CHANNELS];
            for (int pixel = 0; pixel < pixels; pixel++) {
                for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
                    int plane = Math.min(channel, channels - 1) * pixels;
                    int value = samples.items().get(row, plane + pixel) & 0xff;
                    values[pixel * RgbImage.CHANNELS + channel] =
                            (byte) Math.round((float) value * to.maximum() / from.maximum());
                }
            }
            return Bilinear.resize(
                    new RgbImage(width, height, values),
                    to.sampleShape().get(2),
                    to.sampleShape().get(1));
        }

        private void put(RgbImage image, ByteBuffer item) {
            int channels = to.sampleShape().get(0);
            int pixels = image.width() * image.height();
            for (int pixel = 0; pixel < pixels; pixel++) {
                for (int channel = 0; channel < channels; channel++) {
                    item.put(channel * pixels + pixel, image.values()[pixel * RgbImage.CHANNELS + channel]);
                }
            }
        }
    }
}
