package io.engram.learning.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleStorageTest {
    @TempDir
    Path scratch;

    /** Seven samples of three bytes, in memory or in a file, in one buffer or in several. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 9, 21, Integer.MAX_VALUE})
    void whatWasWrittenIsReadWhereverItIsHeld(int partLimit) {
        for (long residentLimit : new long[] {0, 20, 21}) {
            SampleItems items = new SampleStorage(residentLimit, 0, scratch, partLimit).allocate(7, 3);
            assertThat(items.row(6)).isEqualTo(ByteBuffer.allocate(3));

            for (int row = 0; row < 7; row++) {
                items.put(row, new byte[] {9, (byte) row, 1, 2}, 1);
            }

            ByteBuffer copy = ByteBuffer.allocate(5);
            items.copy(4, copy, 1);
            assertThat(copy.array()).containsExactly(0, 4, 1, 2, 0);
            assertThat(items.get(5, 0)).isEqualTo((byte) 5);
            ByteBuffer all = ByteBuffer.allocate(21);
            items.parts().forEach(all::put);
            assertThat(all.array()).containsExactly(0, 1, 2, 1, 1, 2, 2, 1, 2, 3, 1, 2, 4, 1, 2, 5, 1, 2, 6, 1, 2);
        }
    }

    @Test
    void othersAreCopiedAcrossBuffers() {
        SampleItems one = Samples.copyOf(new byte[] {1, 2, 3, 4}, 2, new int[2]).items();
        SampleItems all = new SampleStorage(0, 0, scratch, 4).allocate(3, 2);

        all.put(1, one);

        assertThat(all.row(0)).isEqualTo(ByteBuffer.wrap(new byte[] {0, 0}));
        assertThat(all.row(1)).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
        assertThat(all.row(2)).isEqualTo(ByteBuffer.wrap(new byte[] {3, 4}));
    }

    @Test
    void theFileHasNoNameThatCouldStayBehind() throws IOException {
        SampleItems items = new SampleStorage(0, 0, scratch).allocate(3, 1000);

        try (Stream<Path> files = Files.list(scratch)) {
            assertThat(files).isEmpty();
        }
        assertThat(items.bytes()).isEqualTo(3000);
    }

    @Test
    void whereTheFolderCannotTakeThemTheErrorSaysWhatToDo() {
        Path nowhere = scratch.resolve("nowhere");

        assertThat(new SampleStorage(30, 0, nowhere).allocate(10, 3).samples()).isEqualTo(10);
        assertThatThrownBy(() -> new SampleStorage(29, 0, nowhere).allocate(10, 3))
                .isInstanceOf(DatasetUnavailableException.class)
                .hasMessageStartingWith(
                        "samples of 30 bytes are more than the 29 that stay in memory, and cannot be put into a file"
                                + " in " + nowhere)
                .hasMessageEndingWith(
                        "; give a scratch-dir with room for them, or more data-memory-bytes and a heap of twice as many");
    }

    @Test
    void noSamplesTakeNoRoom() {
        assertThat(new SampleStorage(0, 0, scratch).allocate(0, 3).parts()).containsExactly(ByteBuffer.allocate(0));
    }

    @Test
    void limitsAreNotNegative() {
        assertThatThrownBy(() -> new SampleStorage(-1, 0, scratch))
                .hasMessage("data-memory-bytes was -1; allowed: 0 or more");
        assertThatThrownBy(() -> new SampleStorage(0, -2, scratch))
                .hasMessage("data-device-bytes was -2; allowed: 0 or more");
    }
}
