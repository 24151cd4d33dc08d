package io.engram.learning.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointFormatTest {
    private static final Checkpoint CHECKPOINT = new Checkpoint(
            "er",
            "fingerprint",
            Optional.of("c0ffee"),
            List.of(2, 1),
            new Position(1, 2, 3, true),
            List.of(4, 0, 3, 1, 2),
            Map.of("data", -1L, "method", 7L),
            5,
            Map.of(
                    "parameters",
                    List.of(
                            new StoredTensor("F32", List.of(1, 2), new byte[] {0, 0, -128, 63, 0, 0, 0, -64}),
                            new StoredTensor("U8", List.of(3), new byte[] {-1, 0, 1})),
                    "items",
                    List.of()),
            new Totals(11, 3, 384, 1.5, 0.25, 1, 128, 100, 0.1, List.of(new IntervalTotals(2, 256, 200, 0.7))));

    @TempDir
    private Path folder;

    /** Files that the program of each version wrote. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void everyVersionThereHasBeenIsRead(int version) throws IOException {
        Path file = Files.write(folder.resolve("checkpoint"), stored(version));

        assertThat(CheckpointFormat.read(file)).usingRecursiveComparison().isEqualTo(CHECKPOINT);
    }

    @Test
    void theNewestVersionIsWritten() throws IOException {
        assertThat(written()).isEqualTo(stored(2));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whateverByteIsDamagedOrMissingTheFileIsRefused(int version) throws IOException {
        byte[] whole = stored(version);
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 1;
            assertRefused(damaged);
            assertRefused(Arrays.copyOf(whole, at));
        }
        assertRefused(Arrays.copyOf(whole, whole.length + 1));
    }

    @Test
    void aNewerVersionIsToldWithThoseThatAreRead() throws IOException {
        byte[] header = "{\"version\":3}".getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(
                folder.resolve("newer"),
                ByteBuffer.allocate(Long.BYTES + header.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(header.length)
                        .put(header)
                        .array());

        assertThatThrownBy(() -> CheckpointFormat.read(file))
                .isInstanceOf(CorruptCheckpointException.class)
                .hasMessage(file + " has format version 3; this program reads versions 1 to 2");
    }

    private void assertRefused(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("damaged"), bytes);
        assertThatThrownBy(() -> CheckpointFormat.read(file))
                .isInstanceOf(CorruptCheckpointException.class)
                .hasMessageStartingWith(file.toString());
    }

    private static byte[] written() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CheckpointFormat.write(CHECKPOINT, out);
        return out.toByteArray();
    }

    private static byte[] stored(int version) throws IOException {
        try (InputStream in = CheckpointFormatTest.class.getResourceAsStream("version-" + version + ".checkpoint")) {
            return in.readAllBytes();
        }
    }
}
