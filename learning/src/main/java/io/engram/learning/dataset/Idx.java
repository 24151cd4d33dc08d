package io.engram.learning.dataset;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Reads IDX files of {@code uint8} values, plain or gzip (LeCun, Cortes, Burges, "The MNIST database": the format's
 * description at the end).
 */
final class Idx {
    private static final int UINT8 = 0x08;
    private static final String UNIT = "values after its header";

    private Idx() {}

    /**
     * The values of a file, one after another.
     *
     * @param folder where the file lies, as {@code name} or {@code name.gz}
     * @param shape the dimensions it must have, the number of samples first
     */
    static byte[] read(Path folder, String name, int... shape) {
        PublishedFile file = PublishedFile.require(folder, name);
        return file.read(in -> {
            requireHeader(file, in.readNBytes(headerBytes(shape)), shape);
            int expected = values(shape);
            byte[] values = in.readNBytes(expected);
            file.requireLength(UNIT, expected, values.length);
            file.requireEnd(in, UNIT, expected);
            return values;
        });
    }

    /** Looks whether a file is there with the right header and, where it is not compressed, the right size. */
    static void check(Path folder, String name, int... shape) {
        PublishedFile file = PublishedFile.require(folder, name);
        file.read(in -> {
            requireHeader(file, in.readNBytes(headerBytes(shape)), shape);
            if (!file.isCompressed()) {
                file.requireLength(UNIT, values(shape), Files.size(file.path()) - headerBytes(shape));
            }
            return file;
        });
    }

    private static int headerBytes(int[] shape) {
        return 4 + 4 * shape.length;
    }

    private static int values(int[] shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    private static void requireHeader(PublishedFile file, byte[] header, int[] shape) {
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
