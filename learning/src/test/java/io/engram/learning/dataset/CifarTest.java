package io.engram.learning.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small files of CIFAR's binary form, two images each: label bytes, then 3072 bytes of one value. */
class CifarTest {
    private static final DatasetDescription TEN = new DatasetDescription(
            "ten",
            "small",
            "made in a test",
            List.of(3, 32, 32),
            255,
            List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j"),
            6,
            2);

    /** Three training files and a test file of one label byte. */
    private static final Cifar SMALL = new Cifar(
            TEN,
            "ten-batches-bin",
            List.of(file("batch_1.bin"), file("batch_2.bin"), file("batch_3.bin")),
            file("test.bin"));

    @TempDir
    Path dataDir;

    @Test
    void cifar10HasThePublishedCounts() {
        Dataset cifar = PublishedData.read(Cifar.cifar10());

        // Krizhevsky, "The CIFAR-10 dataset": 1000 test images of each class; a training batch may hold more of one
        // class
        assertThat(counts(cifar.test(), 10)).isEqualTo(Collections.nCopies(10, 1000));
        assertThat(cifar.train().size() % 10000).isZero();
        assertThat(cifar.train().size()).isEqualTo(cifar.description().trainSamples());
    }

    @Test
    void theFirstTestImageOfCifar10IsACat() {
        Dataset cifar = PublishedData.read(Cifar.cifar10());

        // 3_cat in the published previews; its first red, green and blue values as the file's bytes 1, 1025 and 2049
        // give them
        assertThat(cifar.description().classes().get(cifar.test().labels()[0])).isEqualTo("cat");
        assertThat(cifar.test().items().get(0, 0) & 0xff).isEqualTo(158);
        assertThat(cifar.test().items().get(0, 1024) & 0xff).isEqualTo(112);
        assertThat(cifar.test().items().get(0, 2048) & 0xff).isEqualTo(49);
    }

    @Test
    void cifar100HasThePublishedCounts() {
        Dataset cifar = PublishedData.read(Cifar.cifar100());

        // Krizhevsky, "The CIFAR-100 dataset": 500 training and 100 test images of each class
        assertThat(counts(cifar.train(), 100)).isEqualTo(Collections.nCopies(100, 500));
        assertThat(counts(cifar.test(), 100)).isEqualTo(Collections.nCopies(100, 100));
    }

    @Test
    void cifar100NamesAHundredClassesInTheOrderOfTheirLabels() {
        // fine_label_names.txt is sorted
        assertThat(Cifar.cifar100().description().classes())
                .hasSize(100)
                .isSorted()
                .startsWith("apple", "aquarium_fish", "baby")
                .endsWith("wolf", "woman", "worm");
    }

    @Test
    void everyTrainingFileIsReadInOrder() throws IOException {
        write("batch_1.bin", image(0, 10), image(1, 11));
        write("batch_2.bin", image(2, 12), image(3, 13));
        write("batch_3.bin", image(4, 14), image(5, 255));
        write("test.bin", image(9, 90), image(8, 80));

        Dataset ten = SMALL.read(Optional.of(dataDir), SampleStorage.standard());

        assertThat(ten.description()).isEqualTo(TEN);
        assertThat(ten.train().labels()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(firstValues(ten.train())).containsExactly(10, 11, 12, 13, 14, 255);
        assertThat(ten.test().labels()).containsExactly(9, 8);
        assertThat(firstValues(ten.test())).containsExactly(90, 80);
    }

    @Test
    void ofSeveralTrainingFilesThoseThatAreThereAreReadAndTheDescriptionSaysSo() throws IOException {
        write("batch_2.bin", image(2, 12), image(3, 13));
        write("test.bin", image(9, 90), image(8, 80));

        Dataset ten = SMALL.read(Optional.of(dataDir), SampleStorage.standard());

        assertThat(ten.train().labels()).containsExactly(2, 3);
        assertThat(ten.description().trainSamples()).isEqualTo(2);
        assertThat(ten.description().description()).isEqualTo("small; 2 of 6 training samples are here: batch_2.bin");
        assertThat(SMALL.describe(Optional.of(dataDir))).isEqualTo(ten.description());
    }

    @Test
    void withoutDataItIsDescribedAsPublished() {
        assertThat(SMALL.describe(Optional.empty())).isEqualTo(TEN);
        assertThat(SMALL.describe(Optional.of(dataDir))).isEqualTo(TEN);
    }

    @Test
    void ofTwoLabelBytesTheSecondIsTheClass() throws IOException {
        CifarFile file = new CifarFile("train.bin", 2, List.of(20, 100));
        write("train.bin", new byte[] {19}, image(99, 5), new byte[] {0}, image(42, 6));
        SampleItems items = SampleStorage.standard().allocate(2, CifarFile.ITEM_BYTES);
        int[] labels = new int[2];

        file.read(dataDir.resolve("ten"), items, labels, 0);

        assertThat(labels).containsExactly(99, 42);
        assertThat(items.get(0, 0)).isEqualTo((byte) 5);
        assertThat(items.get(1, CifarFile.ITEM_BYTES - 1)).isEqualTo((byte) 6);
    }

    @Test
    void aFileMayBeCompressed() throws IOException {
        write("batch_1.bin.gz", gzip(image(0, 10), image(1, 11)));
        write("test.bin", image(9, 90), image(8, 80));

        assertThat(SMALL.read(Optional.of(dataDir), SampleStorage.standard())
                        .train()
                        .labels())
                .containsExactly(0, 1);
    }

    @Test
    void theArchivesOwnFolderIsFound() throws IOException {
        Files.createDirectory(dataDir.resolve("ten-batches-bin"));
        Files.write(dataDir.resolve("ten-batches-bin/batch_1.bin"), join(image(0, 10), image(1, 11)));
        Files.write(dataDir.resolve("ten-batches-bin/test.bin"), join(image(9, 90), image(8, 80)));

        assertThat(SMALL.read(Optional.of(dataDir), SampleStorage.standard())
                        .train()
                        .size())
                .isEqualTo(2);
    }

    @Test
    void aMissingFolderNamesBothPlaces() {
        refused().hasMessageStartingWith("the data folder has no folder ten or ten-batches-bin: " + dataDir);
    }

    @Test
    void withoutATrainingFileTheFirstIsNamed() throws IOException {
        write("test.bin", image(9, 90), image(8, 80));

        refused().hasMessage("neither batch_1.bin nor batch_1.bin.gz is in the folder " + dataDir.resolve("ten"));
    }

    @Test
    void withoutTheTestFileItIsNamed() throws IOException {
        write("batch_1.bin", image(0, 10), image(1, 11));

        refused().hasMessage("neither test.bin nor test.bin.gz is in the folder " + dataDir.resolve("ten"));
    }

    @Test
    void aTruncatedFileSaysHowMuchIsThere() throws IOException {
        write("batch_1.bin", image(0, 10), Arrays.copyOf(image(1, 11), 3000));
        write("test.bin", image(9, 90), image(8, 80));
        String message = file("ten/batch_1.bin", "is truncated: expected 6146 bytes, found 6073");

        refused().hasMessage(message);
        assertThatThrownBy(() -> SMALL.check(Optional.of(dataDir))).hasMessage(message);
    }

    @Test
    void aFileThatIsTooLongSaysHowMuchIsThere() throws IOException {
        write("batch_1.bin", image(0, 10), image(1, 11));
        write("test.bin", image(9, 90), image(8, 80), new byte[] {1});
        String message = file("ten/test.bin", "is too long: expected 6146 bytes, found 6147");

        refused().hasMessage(message);
        assertThatThrownBy(() -> SMALL.check(Optional.of(dataDir))).hasMessage(message);
    }

    @Test
    void aCompressedFileThatIsTooLongIsRefusedWithoutReadingItAll() throws IOException {
        write("batch_1.bin.gz", gzip(image(0, 10), image(1, 11), image(2, 12)));
        write("test.bin", image(9, 90), image(8, 80));

        refused().hasMessage(file("ten/batch_1.bin.gz", "is too long: expected 6146 bytes, found more"));
    }

    @Test
    void aLabelOutOfRangeIsNamedWithItsFileAndSample() throws IOException {
        write("batch_1.bin", image(0, 10), image(10, 11));
        write("test.bin", image(9, 90), image(8, 80));

        refused()
                .hasMessage(dataDir.resolve("ten/batch_1.bin") + ": label byte 0 of sample 1 is 10, not one of 0 to 9");
    }

    private static CifarFile file(String name) {
        return new CifarFile(name, 2, List.of(10));
    }

    private String file(String name, String problem) {
        return dataDir.resolve(name) + " " + problem + "; copy the published file again";
    }

    private AbstractThrowableAssert<?, ?> refused() {
        return assertThatThrownBy(() -> SMALL.read(Optional.of(dataDir), SampleStorage.standard()))
                .isInstanceOf(DatasetUnavailableException.class);
    }

    private static byte[] image(int label, int value) {
        byte[] image = new byte[1 + CifarFile.ITEM_BYTES];
        Arrays.fill(image, (byte) value);
        image[0] = (byte) label;
        return image;
    }

    private void write(String name, byte[]... parts) throws IOException {
        Files.createDirectories(dataDir.resolve("ten"));
        Files.write(dataDir.resolve("ten").resolve(name), join(parts));
    }

    private static byte[] gzip(byte[]... parts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(join(parts));
        }
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(joined::writeBytes);
        return joined.toByteArray();
    }

    private static List<Integer> firstValues(Samples samples) {
        return IntStream.range(0, samples.size())
                .mapToObj(row -> samples.items().get(row, 0) & 0xff)
                .toList();
    }

    private static List<Integer> counts(Samples samples, int classes) {
        int[] counts = new int[classes];
        IntStream.of(samples.labels()).forEach(label -> counts[label]++);
        return IntStream.of(counts).boxed().toList();
    }
}
