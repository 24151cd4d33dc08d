package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.learning.checkpoint.Checkpoint;
import io.engram.learning.checkpoint.CheckpointStore;
import io.engram.learning.checkpoint.CorruptCheckpointException;
import io.engram.learning.checkpoint.Position;
import io.engram.learning.checkpoint.StoredTensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints that earlier versions of this program wrote are read, and runs go on from them; {@link GoldenCheckpoint} made them. */
class GoldenCheckpointTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aCheckpointOfEveryFormatVersionIsGoneOnFrom(int formatVersion) throws IOException {
        Checkpoint checkpoint = read(golden(formatVersion));

        // 30 steps of 32 samples: 18 in the two epochs of the first task, 9 and 3 in those of the second
        assertThat(checkpoint.position()).isEqualTo(new Position(1, 1, 3, true));
        assertThat(checkpoint.totals().step()).isEqualTo(GoldenCheckpoint.STEPS);
        assertThat(checkpoint.tensors().get("parameters"))
                .extracting(StoredTensor::shape)
                .containsExactly(List.of(2, 64), List.of(2), List.of(4, 2), List.of(4));
        RecordingListener listener = new RecordingListener();
        try (Run run = Runs.FACTORY.create(GoldenCheckpoint.spec(), Runs.IN_PROCESS)) {
            TaskLoop loop = new TaskLoop(run, listener, System::nanoTime);
            loop.restore(checkpoint);
            loop.run();
        }
        assertThat(listener.completed()).extracting(task -> task.task().index()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void thePresentVersionWritesTheSameBytes() throws IOException {
        byte[] golden = golden(2);

        new CheckpointStore(folder.resolve("again")).write(read(golden));

        try (Stream<Path> files = Files.list(folder.resolve("again"))) {
            assertThat(Files.readAllBytes(files.findFirst().orElseThrow())).isEqualTo(golden);
        }
    }

    @Test
    void aNewerFormatVersionIsRefusedAndNamed() throws IOException {
        byte[] newer = golden(2);
        String text = new String(newer, StandardCharsets.ISO_8859_1);
        newer[text.indexOf("\"version\":2") + "\"version\":".length()] = '7';

        assertThatThrownBy(() -> read(newer))
                .isInstanceOf(CorruptCheckpointException.class)
                .hasMessageContaining("version 7")
                .hasMessageContaining("reads versions 1 to 2");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aDamagedByteAnywhereIsRefused(int formatVersion) throws IOException {
        byte[] whole = golden(formatVersion);
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 1;

            assertThatThrownBy(() -> read(damaged))
                    .as("byte %d", at)
                    .isInstanceOf(CorruptCheckpointException.class)
                    .hasMessageContaining("0000000001-0000000001.checkpoint");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aFileOfAnotherLengthIsRefused(int formatVersion) throws IOException {
        byte[] whole = golden(formatVersion);
        for (int length = 0; length <= whole.length + 1; length++) {
            byte[] other = Arrays.copyOf(whole, length);
            if (length != whole.length) {
                assertThatThrownBy(() -> read(other))
                        .as("%d bytes", length)
                        .isInstanceOf(CorruptCheckpointException.class);
            }
        }
    }

    private Checkpoint read(byte[] bytes) throws IOException {
        Path store = Files.createDirectories(folder.resolve("golden"));
        Files.write(store.resolve("0000000001-0000000001.checkpoint"), bytes);
        return new CheckpointStore(store).newestFirst().get(0).read();
    }

    private static byte[] golden(int formatVersion) throws IOException {
        try (InputStream file = GoldenCheckpointTest.class.getResourceAsStream(
                "/golden/checkpoint-v" + formatVersion + "/ewc.checkpoint")) {
            return file.readAllBytes();
        }
    }
}
