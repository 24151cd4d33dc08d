package io.engram.learning.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images of one colour, 2 by 2 pixels, in folders and lists. */
class ImageFolderTest {

    @TempDir
    Path dataDir;

    private Path pets;
    private Datasets datasets;

    @BeforeEach
    void aFolderWithTwoClasses() throws IOException {
        pets = dataDir.resolve("pets");
        datasets = new Datasets(Optional.of(dataDir));
        image("train/dog/b.png", 0x000003);
        image("train/dog/a.PNG", 0x000002);
        image("train/cat/deep/er/z.png", 0x010000);
        image("test/dog/t.png", 0x000004);
        image("test/cat/t.png", 0x050000);
        settings("height = 1\nwidth = 2\n");
    }

    @Test
    void classesAreFoldersInOrderOfTheirNames() {
        Dataset read = datasets.load("pets");

        assertThat(read.description().classes()).containsExactly("cat", "dog");
        assertThat(read.train().labels()).containsExactly(0, 1, 1);
        assertThat(read.test().labels()).containsExactly(0, 1);
    }

    @Test
    void samplesAreChannelFirstAndInOrderOfTheirPaths() {
        Dataset read = datasets.load("pets");

        assertThat(read.description().sampleShape()).containsExactly(3, 1, 2);
        assertThat(bytes(read.train()))
                .containsExactly(1, 1, 0, 0, 0, 0, /* a.PNG */ 0, 0, 0, 0, 2, 2, /* b.png */ 0, 0, 0, 0, 3, 3);
        assertThat(bytes(read.test())).containsExactly(5, 5, 0, 0, 0, 0, 0, 0, 0, 0, 4, 4);
    }

    @Test
    void readingAgainGivesTheSame() {
        assertThat(new Datasets(Optional.of(dataDir)).load("pets").fingerprint())
                .isEqualTo(datasets.load("pets").fingerprint());
    }

    @Test
    void itIsNamedAndDescribedLikeAnyOtherWithoutReadingImages() throws IOException {
        Files.writeString(pets.resolve("train/dog/b.png"), "not an image");

        assertThat(datasets.names()).contains("digits", "pets");
        assertThat(datasets.problem("pets")).isEmpty();
        DatasetDescription description = datasets.descriptions().stream()
                .filter(d -> d.name().equals("pets"))
                .findFirst()
                .orElseThrow();
        assertThat(description.trainSamples()).isEqualTo(3);
        assertThat(description.testSamples()).isEqualTo(2);
        assertThat(description.description()).isEqualTo("images in a folder, resized to 2x1");
    }

    @Test
    void aDamagedImageIsNamedWhenSamplesAreReadAndNotBefore() throws IOException {
        Files.writeString(pets.resolve("train/dog/b.png"), "not an image");

        Dataset read = datasets.load("pets");

        assertThat(read.train().labels()).containsExactly(0, 1, 1);
        assertThat(read.train().itemBytes()).isEqualTo(6);
        assertThatThrownBy(read::read)
                .isInstanceOf(DatasetUnavailableException.class)
                .hasMessage(pets.resolve("train/dog/b.png") + " is neither a PNG nor a JPEG image");
    }

    @Test
    void aFolderThatCouldNotBeReadIsLookedUpAnew() throws IOException {
        Files.writeString(pets.resolve("train/dog/b.png"), "not an image");
        assertThatThrownBy(() -> datasets.load("pets").read()).isInstanceOf(DatasetUnavailableException.class);
        Files.delete(pets.resolve("train/dog/b.png"));

        Dataset without = datasets.load("pets");

        without.read();
        assertThat(without.train().labels()).containsExactly(0, 1);
        assertThat(datasets.load("pets")).isSameAs(without);
    }

    @Test
    void aFolderThatCouldNotBeReadIsListedAsItIsNow() throws IOException {
        Files.writeString(pets.resolve("train/dog/b.png"), "not an image");
        assertThatThrownBy(() -> datasets.load("pets").read()).isInstanceOf(DatasetUnavailableException.class);
        Files.delete(pets.resolve("test/dog/t.png"));
        Files.delete(pets.resolve("test/cat/t.png"));

        assertThat(datasets.problem("pets")).hasValueSatisfying(why -> assertThat(why)
                .contains("no PNG or JPEG images in " + pets.resolve("test")));
    }

    @Test
    void imagesAreOpenedOnce() throws IOException {
        Dataset read = datasets.load("pets");
        read.read();
        Files.delete(pets.resolve("train/dog/b.png"));

        datasets.load("pets").read();

        assertThat(datasets.load("pets")).isSameAs(read);
        assertThat(read.train().items().samples()).isEqualTo(3);
    }

    @Test
    void aSequenceIsReadWithItsParts() throws IOException {
        Files.writeString(pets.resolve("train/dog/b.png"), "not an image");

        Dataset sequence = datasets.load("digits+pets");

        assertThat(sequence.train().labels()).endsWith(10, 11, 11);
        assertThatThrownBy(sequence::read)
                .isInstanceOf(DatasetUnavailableException.class)
                .hasMessageContaining("b.png is neither a PNG nor a JPEG image");
    }

    @Test
    void settingsDescribeAndNormalise() throws IOException {
        settings("description = cats and dogs\nsource = a test\nmean = 0.1, 0.2, 0.3\ndeviation = 1,2,3\n");

        DatasetDescription description = datasets.load("pets").description();

        assertThat(description.description()).isEqualTo("cats and dogs, resized to 64x64");
        assertThat(description.source()).isEqualTo("a test");
        assertThat(description.sampleShape()).containsExactly(3, 64, 64);
        assertThat(description.normalisation())
                .contains(new Normalisation(List.of(0.1f, 0.2f, 0.3f), List.of(1f, 2f, 3f)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "height = 0 | height: was 0; allowed: 1 to 1024",
                "width = 1025 | width: was 1025; allowed: 1 to 1024",
                "width = wide | width: was wide; allowed: 1 to 1024",
                "heigth = 3 | heigth is not one of height, width, description, source, mean, deviation;"
                        + " did you mean height?",
                "mean = 1,2,3 | mean and deviation: was 1,2,3 and null; allowed: both, three numbers each as"
                        + " 0.4914, 0.4822, 0.4465, deviations greater than 0",
                "description = \\u00g | cannot be read: Malformed \\uxxxx encoding.",
            })
    void settingsThatAreNotAllowedAreNamed(String settings, String problem) throws IOException {
        settings(settings);

        refused()
                .hasMessageStartingWith(pets.resolve("dataset.properties").toString())
                .hasMessageEndingWith(problem);
    }

    @Test
    void listsNameImagesAndClasses() throws IOException {
        image("all/x y.png", 0x070000);
        Files.writeString(pets.resolve("train.txt"), "all/x y.png 10\n\ntrain/dog/a.PNG\t9\n");
        Files.writeString(pets.resolve("test.txt"), "test/dog/t.png 9\n");

        Dataset read = datasets.load("pets");

        // 9 before 10, as numbers
        assertThat(read.description().classes()).containsExactly("9", "10");
        assertThat(read.train().labels()).containsExactly(1, 0);
        assertThat(bytes(read.train())).startsWith(7, 7, 0, 0, 0, 0);
        assertThat(read.test().labels()).containsExactly(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret.png", "/etc/secret.png", "train/../../secret.png", "train/dog/readme.txt", ""})
    void aListNamesNothingOutsideTheFolder(String path) throws IOException {
        Files.writeString(pets.resolve("train.txt"), "train/dog/a.PNG 1\n" + path + " 1\n");

        refused()
                .hasMessage(pets.resolve("train.txt") + ", line 2: was \"" + path
                        + "\"; allowed: the path of a PNG or JPEG image within the folder, a space, and a class");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../pets", "./pets", "pets/", "pets/../pets", "/pets", ".", "..", ""})
    void aNameLeadsNowhereElse(String name) {
        assertThatThrownBy(() -> datasets.load(name))
                .isInstanceOf(DatasetUnavailableException.class)
                .hasMessage("no data set is named \"" + name + "\"");
    }

    @Test
    void otherFoldersAndHiddenOnesAreNoDataSets() throws IOException {
        Files.createDirectories(dataDir.resolve("notes"));
        Files.createDirectories(dataDir.resolve(".cache/train"));
        Files.createDirectories(dataDir.resolve("with space/train"));
        Files.createDirectories(dataDir.resolve("mnist/train"));

        assertThat(datasets.names())
                .containsExactly("digits", "mnist", "fashion-mnist", "cifar-10", "cifar-100", "pets");
    }

    @Test
    void aTestImageOfAnotherClassIsNamed() throws IOException {
        image("test/bird/t.png", 1);

        refused()
                .hasMessage("the test image " + pets.resolve("test/bird/t.png")
                        + " is of class \"bird\", of which there are no training images");
    }

    @Test
    void aFolderWithoutTestImagesIsDescribedAndRefused() throws IOException {
        Files.delete(pets.resolve("test/dog/t.png"));
        Files.delete(pets.resolve("test/cat/t.png"));

        assertThat(datasets.descriptions()).extracting(DatasetDescription::name).contains("pets");
        refused()
                .hasMessage("no PNG or JPEG images in " + pets.resolve("test") + "/CLASS/ and none named in "
                        + pets.resolve("test.txt"));
    }

    @Test
    void inAFileOfPartsTheyAreTheSameSamples(@TempDir Path scratch) {
        Datasets streamed = new Datasets(Optional.of(pets.getParent()), new SampleStorage(0, 0, scratch, 1));

        assertThat(streamed.load("pets").fingerprint())
                .isEqualTo(datasets.load("pets").fingerprint());
    }

    /** By looking alone and by reading. */
    private AbstractThrowableAssert<?, ?> refused() {
        String problem = datasets.problem("pets").orElseThrow();
        return assertThatThrownBy(() -> datasets.load("pets"))
                .isInstanceOf(DatasetUnavailableException.class)
                .hasMessage(problem);
    }

    private void settings(String text) throws IOException {
        Files.writeString(pets.resolve("dataset.properties"), text);
    }

    private void image(String path, int colour) throws IOException {
        OneColour.write(pets.resolve(path), colour);
    }

    private static byte[] bytes(Samples samples) {
        byte[] bytes = new byte[(int) samples.items().bytes()];
        samples.items().parts().get(0).get(bytes);
        return bytes;
    }
}
