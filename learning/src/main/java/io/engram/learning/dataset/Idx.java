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
        return open(find(folder, name), (file, in) -> {
            requireHeader(file, in.readNBytes(headerBytes(shape)), shape);
            int expected = values(shape);
            byte[] values = in.readNBytes(expected);
            requireValues(file, expected, in.read() >= 0 ? expected + 1L : values.length);
            return values;
        });
    }

    /** Looks whether a file is there with the right header and, where it is not compressed, the right size. */
    static void check(Path folder, String name, int... shape) {
        open(find(folder, name), (file, in) -> {
            requireHeader(file, in.readNBytes(headerBytes(shape)), shape);
            if (!isCompressed(file)) {
                requireValues(file, values(shape), Files.size(file) - headerBytes(shape));
            }
            return file;
        });
    }

    /** Reads from a file that is open. */
    @FunctionalInterface
    private interface Reading<T> {
        T of(Path file, InputStream in) throws IOException;
    }

    private static <T> T open(Path file, Reading<T> reading) {
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file), CHUNK);
                InputStream in = isCompressed(file) ? new GZIPInputStream(bytes, CHUNK) : bytes) {
            return reading.of(file, in);
        } catch (EOFException e) {
            throw new DatasetUnavailableException(file + " is truncated; copy the published file again", e);
        } catch (ZipException e) {
            throw new DatasetUnavailableException(
                    file + " is damaged (" + e.getMessage() + "); copy the published file again", e);
        } catch (IOException e) {
            throw new DatasetUnavailableException(file + " cannot be read: " + e, e);
        }
    }

    private static boolean isCompressed(Path file) {
        return file.toString().endsWith(".gz");
    }

    private static int headerBytes(int[] shape) {
        return 4 + 4 * shape.length;
    }

    private static int values(int[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    private static void requireValues(Path file, int expected, long found) {
        if (found != expected) {
            throw new DatasetUnavailableException(file + " is " + (found < expected ? "truncated" : "too long")
                    + ": expected " + expected + " values after its header"
                    + (found < expected ? ", found " + found : "") + "; copy the published file again");
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
