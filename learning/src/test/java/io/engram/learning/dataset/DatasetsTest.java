package io.engram.learning.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DatasetsTest {

    private static final Datasets WITHOUT_FOLDER = new Datasets(Optional.empty());

    @Test
    void theCatalogNamesEveryDataSetOnce() {
        assertThat(WITHOUT_FOLDER.names()).containsExactly("digits", "mnist", "fashion-mnist", "cifar-10", "cifar-100");
    }

    static Iterable<DatasetDescription> descriptions() {
        return WITHOUT_FOLDER.descriptions();
    }

    @ParameterizedTest
    @MethodSource("descriptions")
    void everyDescriptionIsComplete(DatasetDescription description) {
        assertThat(description.name()).matches("[a-z][a-z0-9-]*");
        assertThat(description.description()).isNotBlank();
        assertThat(description.source()).isNotBlank();
        assertThat(description.sampleShape()).hasSize(3).allMatch(side -> side > 0);
        assertThat(description.maximum()).isBetween(1, 255);
        assertThat(description.classes()).doesNotHaveDuplicates().hasSizeGreaterThan(1);
        assertThat(description.trainSamples()).isPositive();
        assertThat(description.testSamples()).isPositive();
    }

    @Test
    void whatWasReadIsShared() {
        assertThat(WITHOUT_FOLDER.load("digits")).isSameAs(WITHOUT_FOLDER.load("digits"));
    }

    @Test
    void anUnknownNameIsRefused() {
        assertThatThrownBy(() -> WITHOUT_FOLDER.load("mnits"))
                .isInstanceOf(DatasetUnavailableException.class)
                .hasMessage("no data set is named \"mnits\"");
    }

    @Test
    void aDataSetThatCanBeReadHasNoProblem() {
        assertThat(WITHOUT_FOLDER.problem("digits")).isEmpty();
    }

    @Test
    void theProblemOfADataSetThatCannotBeReadSaysWhy() {
        assertThat(WITHOUT_FOLDER.problem("mnist"))
                .hasValueSatisfying(why -> assertThat(why).contains("ENGRAM_DATA_DIR"));
    }

    @Test
    void lookingForProblemsReadsNoSamples(@TempDir Path folder) throws IOException {
        Datasets datasets = new Datasets(Optional.of(folder));
        Path mnist = Files.createDirectory(folder.resolve("mnist"));
        sparse(mnist.resolve("train-images-idx3-ubyte"), 3, 60000, 28, 28);
        sparse(mnist.resolve("train-labels-idx1-ubyte"), 1, 60000);
        sparse(mnist.resolve("t10k-images-idx3-ubyte"), 3, 10000, 28, 28);
        sparse(mnist.resolve("t10k-labels-idx1-ubyte"), 1, 10000);

        assertThat(datasets.problem("mnist")).isEmpty();

        Path labels = mnist.resolve("t10k-labels-idx1-ubyte");
        Files.write(labels, Arrays.copyOf(Files.readAllBytes(labels), 5000));
        assertThat(datasets.problem("mnist")).hasValueSatisfying(why -> assertThat(why)
                .contains("t10k-labels-idx1-ubyte is truncated: expected 10000 values")
                .contains("found 4992"));
    }

    /** An IDX file whose values are all 0 and take no room on the disk. */
    private static void sparse(Path file, int dimensions, int... shape) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(4 + 4 * dimensions).putInt(0x0800 + dimensions);
        IntStream.of(shape).forEach(header::putInt);
        try (RandomAccessFile random = new RandomAccessFile(file.toFile(), "rw")) {
            random.write(header.array());
            random.setLength(header.capacity() + (long) IntStream.of(shape).reduce(1, (a, b) -> a * b));
        }
    }

    @Test
    void anotherLabelMakesAnotherFingerprint() {
        Dataset one = SmallDatasets.of(2, new int[] {0, 1}, new int[] {0, 1});
        Dataset other = SmallDatasets.of(2, new int[] {0, 1}, new int[] {0, 0});

        assertThat(one.fingerprint()).isNotEqualTo(other.fingerprint()).hasSize(64);
    }

    @Test
    void samplesWhoseBytesDoNotMatchTheirLabelsAreRefused() {
        assertThatThrownBy(() -> Samples.copyOf(new byte[5], 2, new int[] {0, 1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the items of 2 samples of 2 bytes are given in 5 bytes");
    }
}
