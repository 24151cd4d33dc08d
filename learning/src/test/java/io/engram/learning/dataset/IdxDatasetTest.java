package io.engram.learning.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxDatasetTest {

    @Test
    void mnistHasThePublishedCounts() {
        Dataset mnist = PublishedData.read(IdxDataset.mnist());

        // "The MNIST database of handwritten digits"; training counts as in Liu et al. 2003, table 1
        assertThat(counts(mnist.train())).containsExactly(5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949);
        assertThat(counts(mnist.test())).containsExactly(980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009);
    }

    @Test
    void fashionMnistHasThePublishedCounts() {
        Dataset fashion = PublishedData.read(IdxDataset.fashionMnist());

        // Xiao, Rasul and Vollgraf 2017, section 2: 6000 training and 1000 test images of each class
        assertThat(counts(fashion.train())).isEqualTo(Collections.nCopies(10, 6000));
        assertThat(counts(fashion.test())).isEqualTo(Collections.nCopies(10, 1000));
    }

    @Test
    void withoutADataFolderTheMessageSaysHowToSetOne() {
        assertThatThrownBy(() -> IdxDataset.mnist().read(Optional.empty(), SampleStorage.standard()))
                .isInstanceOf(DatasetUnavailableException.class)
                .hasMessage("the data set \"mnist\" needs a data folder: set ENGRAM_DATA_DIR or --data-dir to a folder"
                        + " that holds mnist/");
    }

    @Test
    void aDataFolderThatDoesNotExistIsNamed(@TempDir Path folder) {
        Path nowhere = folder.resolve("nowhere");

        assertThatThrownBy(() -> IdxDataset.mnist().read(Optional.of(nowhere), SampleStorage.standard()))
                .isInstanceOf(DatasetUnavailableException.class)
                .hasMessageContaining(nowhere.resolve("mnist") + " does not exist");
    }

    @Test
    void aDataFolderWithoutTheFilesNamesTheMissingFile(@TempDir Path folder) throws IOException {
        Files.createDirectory(folder.resolve("fashion-mnist"));

        assertThatThrownBy(() -> IdxDataset.fashionMnist().read(Optional.of(folder), SampleStorage.standard()))
                .isInstanceOf(DatasetUnavailableException.class)
                .hasMessage("neither train-images-idx3-ubyte nor train-images-idx3-ubyte.gz is in the folder "
                        + folder.resolve("fashion-mnist"));
    }

    @Test
    void aLabelOutOfRangeIsNamedWithItsFileAndSample(@TempDir Path folder) throws IOException {
        // Given black images, and the label 10 at sample 7
        Path mnist = Files.createDirectory(folder.resolve("mnist"));
        sparse(mnist.resolve("train-images-idx3-ubyte"), List.of(0x00000803, 60000, 28, 28), 60000L * 28 * 28, -1);
        sparse(mnist.resolve("train-labels-idx1-ubyte"), List.of(0x00000801, 60000), 60000, 7);

        assertThatThrownBy(() -> IdxDataset.mnist().read(Optional.of(folder), SampleStorage.standard()))
                .isInstanceOf(DatasetUnavailableException.class)
                .hasMessage(mnist.resolve("train-labels-idx1-ubyte") + ": label 10 of sample 7 is not one of 0 to 9");
    }

    @Test
    void imagesAreReadWhenTheyAreFirstAskedFor(@TempDir Path folder) throws IOException {
        Path mnist = Files.createDirectory(folder.resolve("mnist"));
        sparse(mnist.resolve("train-images-idx3-ubyte"), List.of(0x00000803, 60000, 28, 28), 60000L * 28 * 28, -1);
        sparse(mnist.resolve("train-labels-idx1-ubyte"), List.of(0x00000801, 60000), 60000, -1);
        sparse(mnist.resolve("t10k-images-idx3-ubyte"), List.of(0x00000803, 10000, 28, 28), 10000L * 28 * 28, 5);
        sparse(mnist.resolve("t10k-labels-idx1-ubyte"), List.of(0x00000801, 10000), 10000, -1);

        Dataset dataset = IdxDataset.mnist().read(Optional.of(folder), SampleStorage.standard());
        Files.delete(mnist.resolve("train-images-idx3-ubyte"));

        assertThat(dataset.test().items().get(0, 5)).isEqualTo((byte) 10);
        assertThat(dataset.testFingerprint()).hasSize(64);
        assertThat(dataset.isRead()).isFalse();
        assertThatThrownBy(dataset::read)
                .isInstanceOf(DatasetUnavailableException.class)
                .hasMessageContaining("train-images-idx3-ubyte");
    }

    /** A file of zeros that takes no space, with one 10 among its values where {@code ten} is not negative. */
    private static void sparse(Path file, List<Integer> header, long values, long ten) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            for (int word : header) {
                out.writeInt(word);
            }
            long start = out.getFilePointer();
            out.setLength(start + values);
            if (ten >= 0) {
                out.seek(start + ten);
                out.writeByte(10);
            }
        }
    }

    private static List<Integer> counts(Samples samples) {
        int[] counts = new int[10];
        IntStream.of(samples.labels()).forEach(label -> counts[label]++);
        return IntStream.of(counts).boxed().toList();
    }
}
