package io.engram.learning.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small files of the IDX format: two zero bytes, type 8 (uint8), number of dimensions, dimensions big-endian, values. */
class IdxTest {

    private static final byte[] TWO_BY_THREE = {0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, (byte) 200};

    @TempDir
    Path folder;

    @Test
    void aPlainFileIsRead() throws IOException {
        write("file", TWO_BY_THREE);

        assertThat(Idx.read(folder, "file", 2, 3)).containsExactly(1, 2, 3, 4, 5, (byte) 200);
    }

    @Test
    void aGzipFileIsRead() throws IOException {
        write("file.gz", gzip(TWO_BY_THREE));

        assertThat(Idx.read(folder, "file", 2, 3)).containsExactly(1, 2, 3, 4, 5, (byte) 200);
    }

    @Test
    void aPlainFileIsPreferred() throws IOException {
        write("file", TWO_BY_THREE);
        write("file.gz", new byte[] {1, 2, 3});

        assertThat(Idx.read(folder, "file", 2, 3)).hasSize(6);
    }

    @Test
    void aTruncatedFileSaysHowMuchIsThere() throws IOException {
        write("file", Arrays.copyOf(TWO_BY_THREE, TWO_BY_THREE.length - 2));

        refused()
                .hasMessage(folder.resolve("file") + " is truncated: expected 6 values after its header, found 4;"
                        + " copy the published file again");
    }

    @Test
    void aTruncatedGzipFileSaysSo() throws IOException {
        byte[] whole = gzip(TWO_BY_THREE);
        write("file.gz", Arrays.copyOf(whole, whole.length - 12));

        refused().hasMessage(folder.resolve("file.gz") + " is truncated; copy the published file again");
    }

    @Test
    void anEmptyGzipFileIsTruncated() throws IOException {
        write("file.gz", new byte[0]);

        refused().hasMessage(folder.resolve("file.gz") + " is truncated; copy the published file again");
    }

    @Test
    void aFileThatIsNoGzipFileIsDamaged() throws IOException {
        write("file.gz", TWO_BY_THREE);

        refused()
                .hasMessage(
                        folder.resolve("file.gz") + " is damaged (Not in GZIP format); copy the published file again");
    }

    @Test
    void aFileThatIsTooLongSaysSo() throws IOException {
        write("file", Arrays.copyOf(TWO_BY_THREE, TWO_BY_THREE.length + 1));

        refused()
                .hasMessage(folder.resolve("file") + " is too long: expected 6 values after its header, found more;"
                        + " copy the published file again");
    }

    @Test
    void anotherTypeOfValuesIsNotThePublishedFile() throws IOException {
        byte[] floats = TWO_BY_THREE.clone();
        floats[2] = 0x0d;
        write("file", floats);

        refused()
                .hasMessage(folder.resolve("file") + " is not the published file: expected an IDX file of uint8 values"
                        + " with dimensions [2, 3], found header 00000d020000000200000003");
    }

    @Test
    void otherDimensionsAreNotThePublishedFile() throws IOException {
        byte[] larger = TWO_BY_THREE.clone();
        larger[7] = 3;
        write("file", larger);

        refused()
                .hasMessage(folder.resolve("file") + " is not the published file: expected an IDX file of uint8 values"
                        + " with dimensions [2, 3], found header 000008020000000300000003");
    }

    @Test
    void aFileThatEndsInItsHeaderIsNotThePublishedFile() throws IOException {
        write("file", new byte[] {0, 0, 8});

        refused()
                .hasMessageStartingWith(folder.resolve("file") + " is not the published file")
                .hasMessageEndingWith("found header 000008");
    }

    @Test
    void aMissingFileNamesBothPlacesAndTheFolder() {
        refused().hasMessage("neither file nor file.gz is in the folder " + folder);
    }

    private AbstractThrowableAssert<?, ?> refused() {
        return assertThatThrownBy(() -> Idx.read(folder, "file", 2, 3)).isInstanceOf(DatasetUnavailableException.class);
    }

    private void write(String name, byte[] bytes) throws IOException {
        Files.write(folder.resolve(name), bytes);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
