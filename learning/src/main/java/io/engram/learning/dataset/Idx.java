package io.engram.learning.dataset;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads IDX files of {@code uint8} values, plain or gzip (LeCun, Cortes, Burges, "The MNIST database": the format's
 * description at the end).
 */
final class Idx {
    private static final int UINT8 = 0x08;
    private static final int CHUNK = 1 << 16;

    private Idx() {}

    /**
     * The values of a file, one after another.
     *
     * @param folder where the file lies, as {@code name} or {@code name.gz}
     * @param shape the dimensions it must have, the number of samples first
     */
    static byte[] read(Path folder, String name, int... shape) {
        Path file = find(folder, name);
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file), CHUNK);
                InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes, CHUNK) : bytes) {
            byte[] header = in.readNBytes(4 + 4 * shape.length);
            requireHeader(file, header, shape);
            int expected = Arrays.stream(shape).reduce(1, Math::multiplyExact);
            byte[] values = in.readNBytes(expected);
            if (values.length < expected || in.read() >= 0) {
                throw new DatasetUnavailableException(file + " is "
                        + (values.length < expected ? "truncated" : "too long") + ": expected " + expected
                        + " values after its header" + (values.length < expected ? ", found " + values.length : "")
                        + "; copy the published file again");
            }
            return values;
        } catch (EOFException e) {
            throw new DatasetUnavailableException(file + " is truncated; copy the published file again", e);
        } catch (ZipException e) {
            throw new DatasetUnavailableException(
                    file + " is damaged (" + e.getMessage() + "); copy the published file again", e);
        } catch (IOException e) {
            throw new DatasetUnavailableException(file + " cannot be read: " + e, e);
        }
    }

    private static Path find(Path folder, String name) {
        for (String candidate : new String[] {name, name + ".gz"}) {
            if (Files.isRegularFile(folder.resolve(candidate))) {
                return folder.resolve(candidate);
            }
        }
        throw new DatasetUnavailableException(
                "neither " + name + " nor " + name + ".gz is in the folder " + folder.toAbsolutePath());
    }

    private static void requireHeader(Path file, byte[] header, int[] shape) {
        ByteBuffer expected = ByteBuffer.allocate(4 + 4 * shape.length);
        expected.put((byte) 0).put((byte) 0).put((byte) UINT8).put((byte) shape.length);
        Arrays.stream(shape).forEach(expected::putInt);
        if (!Arrays.equals(header, expected.array())) {
            throw new DatasetUnavailableException(
                    file + " is not the published file: expected an IDX file of uint8 values"
                            + " with dimensions " + Arrays.toString(shape) + ", found header "
                            + HexFormat.of().formatHex(header));
        }
    }
}
