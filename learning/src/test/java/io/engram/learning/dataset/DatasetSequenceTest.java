package io.engram.learning.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetSequenceTest {
    @TempDir
    private Path data;

    private static final Dataset SMALL =
            dataset("small", List.of(1, 1, 2), 16, List.of("a", "b"), new byte[] {0, 16, 8, 4}, 0, 1);
    private static final Dataset COLOURED = dataset("coloured", List.of(3, 2, 2), 255, List.of("c"), bytes(1, 12), 0);

    @Test
    void classesFollowOneAnotherUnderTheNamesOfBoth() {
        Dataset read = sequence(SMALL, COLOURED);

        assertThat(read.name()).isEqualTo("small+coloured");
        assertThat(read.description().classes()).containsExactly("small a", "small b", "coloured c");
        assertThat(read.train().labels()).containsExactly(0, 1, 2);
        assertThat(read.description().trainSamples()).isEqualTo(3);
        assertThat(read.description().testSamples()).isEqualTo(3);
    }

    /**
     * From 1 x 2 to 2 x 2 pixels, a row is repeated; grey values are red, green and blue alike; values of 0 to 16 become 0 to 255: 8 * 255 / 16
     * is 127.5 and 4 * 255 / 16 is 63.75.
     */
    @Test
    void imagesAreBroughtToOneForm() {
        Dataset read = sequence(SMALL, COLOURED);

        assertThat(read.description().sampleShape()).containsExactly(3, 2, 2);
        assertThat(read.description().maximum()).isEqualTo(255);
        assertThat(values(read, 0)).containsExactly(0, 255, 0, 255, 0, 255, 0, 255, 0, 255, 0, 255);
        assertThat(values(read, 1)).containsExactly(128, 64, 128, 64, 128, 64, 128, 64, 128, 64, 128, 64);
        assertThat(values(read, 2)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    }

    @Test
    void imagesOfOneFormStayAsTheyAre() {
        Dataset other = dataset("other", List.of(1, 1, 2), 16, List.of("c"), new byte[] {3, 5}, 0);

        Dataset read = sequence(SMALL, other);

        assertThat(read.description().sampleShape()).containsExactly(1, 1, 2);
        assertThat(read.description().maximum()).isEqualTo(16);
        assertThat(values(read, 0)).containsExactly(0, 16);
        assertThat(values(read, 2)).containsExactly(3, 5);
    }

    @Test
    void aDataSetOfTheCatalogCanBePartOfOne() {
        Datasets datasets = new Datasets(Optional.empty());

        assertThat(datasets.unknownPart("digits")).isEmpty();
        assertThat(datasets.unknownPart("digits+mnist")).isEmpty();
        assertThat(datasets.unknownPart("digits+mnits")).contains("mnits");
        assertThat(datasets.unknownPart("digits+digits")).contains("digits");
        assertThat(datasets.unknownPart("digits+")).contains("");
        assertThatThrownBy(() -> datasets.load("digits+mnist"))
                .isInstanceOf(DatasetUnavailableException.class)
                .hasMessageContaining("mnist");
    }

    /**
     * Four folders with two classes each, and the digits with ten, which are grey, 8 by 8, with values to 16; as the five-datasets example
     * mixes folders and published files.
     */
    @Test
    void imageFoldersArePartsOfASequenceAsPublishedDataSetsAre() throws IOException {
        for (String name : List.of("notmnist", "svhn", "sketches", "textures")) {
            for (String label : List.of("0", "1")) {
                image(name + "/train/" + label + "/a.png", 0x102030);
                image(name + "/train/" + label + "/b.png", 0x102030);
                image(name + "/test/" + label + "/c.png", 0xffffff);
            }
            Files.writeString(data.resolve(name).resolve("dataset.properties"), "height = 16\nwidth = 12\n");
        }
        Datasets datasets = new Datasets(Optional.of(data));
        String name = "svhn+digits+notmnist+textures+sketches";

        Dataset read = datasets.load(name);

        assertThat(datasets.unknownPart(name)).isEmpty();
        assertThat(datasets.problem(name)).isEmpty();
        assertThat(read.description().sampleShape()).containsExactly(3, 16, 12);
        assertThat(read.description().classes())
                .startsWith("svhn 0", "svhn 1", "digits 0")
                .endsWith(
                        "digits 9", "notmnist 0", "notmnist 1", "textures 0", "textures 1", "sketches 0", "sketches 1")
                .hasSize(18);
        assertThat(Arrays.copyOf(read.train().labels(), 4)).containsExactly(0, 0, 1, 1);
        assertThat(read.train().size())
                .isEqualTo(4 * 4 + datasets.load("digits").train().size());
        assertThat(Arrays.stream(read.test().labels()).distinct()).hasSize(18);
        assertThat(values(read, 0)).startsWith(0x10).endsWith(0x30).hasSize(3 * 16 * 12);
    }

    private void image(String path, int colour) throws IOException {
        OneColour.write(data.resolve(path), colour);
    }

    private static Dataset sequence(Dataset... parts) {
        return new DatasetSequence(
                        List.of(parts).stream().<DatasetReader>map(Stored::new).toList())
                .read(Optional.empty(), SampleStorage.standard());
    }

    private record Stored(Dataset dataset) implements DatasetReader {
        @Override
        public DatasetDescription description() {
            return dataset.description();
        }

        @Override
        public void check(Optional<Path> dataDir) {
            // it is there
        }

        @Override
        public Dataset read(Optional<Path> dataDir, SampleStorage storage) {
            return dataset;
        }
    }

    /** With the same samples for training and tests. */
    private static Dataset dataset(
            String name, List<Integer> shape, int maximum, List<String> classes, byte[] values, int... labels) {
        DatasetDescription description = new DatasetDescription(
                name, name, "made for a test", shape, maximum, classes, labels.length, labels.length);
        Samples samples = Samples.copyOf(values, description.itemBytes(), labels);
        return new Dataset(description, samples, samples);
    }

    private static byte[] bytes(int first, int last) {
        byte[] bytes = new byte[last - first + 1];
        IntStream.rangeClosed(first, last).forEach(value -> bytes[value - first] = (byte) value);
        return bytes;
    }

    private static int[] values(Dataset dataset, int row) {
        int bytes = dataset.description().itemBytes();
        return IntStream.range(0, bytes)
                .map(k -> dataset.train().items().get(row, k) & 0xff)
                .toArray();
    }
}
