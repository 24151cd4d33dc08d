package io.engram.learning.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactStoreTest {
    private static final String URI = "runs/r1/tasks/0/1";

    @TempDir
    Path root;

    private ArtifactStore store;

    @BeforeEach
    void openStore() {
        store = new ArtifactStore(root);
    }

    @Test
    void aModelComesBackBitForBit() {
        FrozenModel model = Models.small();

        FrozenModel read = store.read(store.write(model, URI));

        assertThat(read.descriptor()).isEqualTo(model.descriptor());
        assertThat(read.weights()).hasSameSizeAs(model.weights());
        for (int k = 0; k < read.weights().size(); k++) {
            NamedTensor expected = model.weights().get(k);
            NamedTensor found = read.weights().get(k);
            assertThat(found.name()).isEqualTo(expected.name());
            assertThat(found.shape()).isEqualTo(expected.shape());
            assertThat(bits(found)).isEqualTo(bits(expected));
        }
    }

    @Test
    void theNextTaskComesBackWithEveryBitOfItsSeed() {
        for (OptionalLong seed : List.of(
                OptionalLong.empty(), OptionalLong.of(Long.MIN_VALUE), OptionalLong.of(0x7fff_ffff_ffff_fffdL))) {
            FrozenModel model = Models.withNextTask(seed);

            assertThat(store.read(store.write(model, URI + seed.orElse(0))).descriptor())
                    .isEqualTo(model.descriptor());
        }
    }

    @Test
    void theReferenceGivesSizeAndDigestOfWhatIsOnDisk() throws IOException {
        ArtifactReference reference = store.write(Models.small(), URI);

        byte[] descriptor = Files.readAllBytes(file("descriptor.json"));
        assertThat(reference.uri()).isEqualTo(URI);
        assertThat(reference.sizeBytes()).isEqualTo(descriptor.length + Files.size(file("weights.safetensors")));
        assertThat(reference.sha256()).isEqualTo(Digest.sha256(descriptor));
    }

    /** NIST FIPS 180-2, appendix B.1. */
    @Test
    void theDigestIsSha256() {
        assertThat(Digest.sha256("abc".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void theDescriptorNamesTheDigestOfTheWeights() throws IOException {
        store.write(Models.small(), URI);

        assertThat(Files.readString(file("descriptor.json")))
                .contains("\"format_version\": 1")
                .contains("\"weights_sha256\": \"" + Digest.sha256(Files.readAllBytes(file("weights.safetensors")))
                        + "\"");
    }

    @Test
    void writingTheSameModelAgainChangesNothing() {
        ArtifactReference first = store.write(Models.small(), URI);

        assertThat(store.write(Models.small(), URI)).isEqualTo(first);
        assertThat(store.read(first).weights()).hasSize(2);
    }

    @Test
    void anotherModelInTheSamePlaceIsRefusedAndTheFirstStays() {
        ArtifactReference first = store.write(Models.small(), URI);

        assertThatThrownBy(() -> store.write(Models.another(), URI))
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("holds another model");
        assertThatCode(() -> store.read(first)).doesNotThrowAnyException();
    }

    @Test
    void nothingTemporaryStaysBehind() throws IOException {
        store.write(Models.small(), URI);
        store.write(Models.small(), URI);
        assertThatThrownBy(() -> store.write(Models.another(), URI)).isInstanceOf(UncheckedIOException.class);

        assertThat(names(root.resolve("runs/r1/tasks/0"))).containsExactly("1");
    }

    @Test
    void aCrashBeforeTheRenameLeavesNothingToRead() throws IOException {
        // Given what a crash between writing and renaming leaves: a whole model under a temporary name
        ArtifactReference reference = store.write(Models.small(), URI);
        Path folder = root.resolve(URI);
        Files.move(folder, folder.resolveSibling(".writing-123"));

        assertThatThrownBy(() -> store.read(reference)).isInstanceOf(ArtifactNotFoundException.class);

        // and the model can be written after all
        assertThat(store.write(Models.small(), URI)).isEqualTo(reference);
        assertThat(store.read(reference).weights()).hasSize(2);
    }

    @Test
    void aFileInTheWayIsReportedWithThePlace() throws IOException {
        Files.createDirectories(root.resolve("runs"));
        Files.writeString(root.resolve("runs/r1"), "in the way");

        assertThatThrownBy(() -> store.write(Models.small(), URI))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("the model cannot be written to " + root.resolve(URI));
    }

    @Test
    void aFileInPlaceOfTheFolderIsCalledThat() throws IOException {
        Path parent = root.resolve(URI).getParent();
        Files.createDirectories(parent.getParent());
        Files.writeString(parent, "in the way");

        assertThatThrownBy(() -> store.write(Models.small(), URI))
                .hasMessageEndingWith(parent + " is there already and no folder");
    }

    @Test
    void otherUsersMayReadTheFolderAsFarAsTheUmaskAllows() throws IOException {
        store.write(Models.small(), URI);
        Path plain = Files.createDirectory(root.resolve("plain"));

        List<PosixFilePermission> expected =
                Files.getPosixFilePermissions(plain).stream().toList();
        assertThat(Files.getPosixFilePermissions(root.resolve(URI))).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void aModelThatIsNotThereIsNotFound() {
        assertThatThrownBy(() -> store.read(new ArtifactReference("runs/r2/tasks/0/1", 1, "00")))
                .isInstanceOf(ArtifactNotFoundException.class)
                .hasMessage(
                        "the artifact's file " + root.resolve("runs/r2/tasks/0/1/descriptor.json") + " does not exist");
    }

    @Test
    void missingWeightsAreNotFound() throws IOException {
        ArtifactReference reference = store.write(Models.small(), URI);
        Files.delete(file("weights.safetensors"));

        assertThatThrownBy(() -> store.read(reference))
                .isInstanceOf(ArtifactNotFoundException.class)
                .hasMessageContaining("weights.safetensors does not exist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../other", "runs/../../other", "/etc", "", ".", "runs/..", "a\0b"})
    void aPlaceOutsideOfTheStoreIsNeitherReadNorWritten(String uri) {
        String message = "artifact.uri: was \"" + uri + "\"; allowed: a folder inside the artifact folder";

        assertThatThrownBy(() -> store.read(new ArtifactReference(uri, 1, "00")))
                .isInstanceOf(ArtifactNotFoundException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> store.write(Models.small(), uri))
                .isInstanceOf(ArtifactNotFoundException.class)
                .hasMessage(message);
    }

    @Test
    void aDescriptorWithAnotherDigestIsCorrupt() {
        ArtifactReference reference = store.write(Models.small(), URI);
        String other = "0".repeat(64);

        assertThatThrownBy(() -> store.read(new ArtifactReference(URI, reference.sizeBytes(), other)))
                .isInstanceOf(CorruptArtifactException.class)
                .hasMessage(file("descriptor.json") + " is not what was written: expected SHA-256 " + other + ", found "
                        + reference.sha256());
    }

    @Test
    void weightsWithOneBitFlippedAreCorrupt() throws IOException {
        ArtifactReference reference = store.write(Models.small(), URI);
        byte[] weights = Files.readAllBytes(file("weights.safetensors"));
        String before = Digest.sha256(weights);
        weights[weights.length - 1] ^= 1;
        Files.write(file("weights.safetensors"), weights);

        assertThatThrownBy(() -> store.read(reference))
                .isInstanceOf(CorruptArtifactException.class)
                .hasMessage(file("weights.safetensors") + " is not what was written: expected SHA-256 " + before
                        + ", found " + Digest.sha256(weights));
    }

    @Test
    void whatWasMadeOfChangedWeightsIsNotReturned() throws IOException {
        ArtifactReference reference = store.write(Models.small(), URI);
        byte[] weights = Files.readAllBytes(file("weights.safetensors"));
        weights[weights.length - 1] ^= 1;
        Files.write(file("weights.safetensors"), weights);

        assertThatThrownBy(() -> store.read(reference, model -> "made"))
                .isInstanceOf(CorruptArtifactException.class)
                .hasMessageContaining("is not what was written");
        assertThatThrownBy(() -> store.read(reference, ArtifactStoreTest::refused))
                .isInstanceOf(CorruptArtifactException.class)
                .hasMessageContaining("is not what was written");
    }

    @Test
    void whatCannotBeMadeOfAModelIsToldAsItIs() {
        ArtifactReference reference = store.write(Models.small(), URI);

        assertThatThrownBy(() -> store.read(reference, ArtifactStoreTest::refused))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no use");
    }

    private static String refused(FrozenModel model) {
        throw new IllegalStateException("no use");
    }

    @Test
    void aStoreHoldsWhatWasWrittenWhole() throws IOException {
        ArtifactReference reference = store.write(Models.small(), URI);

        assertThat(store.holds(reference)).isTrue();
        assertThat(store.holds(new ArtifactReference("runs/r2/tasks/0/1", 1, "00")))
                .isFalse();
        Files.delete(file("weights.safetensors"));
        assertThat(store.holds(reference)).isFalse();
    }

    @Test
    void truncatedWeightsAreCorrupt() throws IOException {
        ArtifactReference reference = store.write(Models.small(), URI);
        byte[] weights = Files.readAllBytes(file("weights.safetensors"));
        Files.write(file("weights.safetensors"), Arrays.copyOf(weights, weights.length - 4));

        assertThatThrownBy(() -> store.read(reference))
                .isInstanceOf(CorruptArtifactException.class)
                .hasMessageStartingWith(file("weights.safetensors") + " is not what was written");
    }

    @Test
    void anotherFormatVersionIsNamed() throws IOException {
        ArtifactReference changed = rewritten("\"format_version\": 1", "\"format_version\": 2");

        assertThatThrownBy(() -> store.read(changed))
                .isInstanceOf(CorruptArtifactException.class)
                .hasMessage(file("descriptor.json") + " has format version 2; this program reads version 1");
    }

    @Test
    void anotherHeadIsNamed() throws IOException {
        ArtifactReference changed = rewritten("\"head\": \"linear\"", "\"head\": \"spherical\"");

        assertThatThrownBy(() -> store.read(changed))
                .isInstanceOf(CorruptArtifactException.class)
                .hasMessage(file("descriptor.json")
                        + " has head \"spherical\"; this program reads linear, cosine, split-cosine");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not json",
                "[]",
                "{}",
                "{\"format_version\": \"one\"}",
                "{\"format_version\": null}",
                "{\"format_version\": {}}",
                "{\"format_version\": 1, \"head\": []}"
            })
    void whatIsNoDescriptorIsCorruptWhateverItIs(String text) throws IOException {
        store.write(Models.small(), URI);
        Files.writeString(file("descriptor.json"), text);
        ArtifactReference reference =
                new ArtifactReference(URI, 1, Digest.sha256(text.getBytes(StandardCharsets.UTF_8)));

        assertThatThrownBy(() -> store.read(reference))
                .isInstanceOf(CorruptArtifactException.class)
                .hasMessageStartingWith(file("descriptor.json") + " is not a model descriptor");
    }

    @Test
    void fieldsOfAnotherTypeAreCorrupt() throws IOException {
        ArtifactReference changed = rewritten("\"provenance\": {", "\"provenance\": 7, \"other\": {");

        assertThatThrownBy(() -> store.read(changed))
                .isInstanceOf(CorruptArtifactException.class)
                .hasMessageStartingWith(file("descriptor.json") + " is not a model descriptor");
    }

    /** Writes a model, changes its descriptor, and gives a reference that matches the change. */
    private ArtifactReference rewritten(String from, String to) throws IOException {
        store.write(Models.small(), URI);
        String text = Files.readString(file("descriptor.json"));
        assertThat(text).contains(from);
        String changed = text.replace(from, to);
        Files.writeString(file("descriptor.json"), changed);
        return new ArtifactReference(URI, 1, Digest.sha256(changed.getBytes(StandardCharsets.UTF_8)));
    }

    private Path file(String name) {
        return root.resolve(URI).resolve(name);
    }

    private static int[] bits(NamedTensor tensor) {
        int[] bits = new int[tensor.values().length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(tensor.values()[i]);
        }
        return bits;
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.map(child -> child.getFileName().toString()).toList();
        }
    }
}
