package io.engram.learning.weight;

import io.engram.learning.artifact.NamedTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code .npy} format, versions 1 to 3 ({@code numpy.lib.format}): a magic number, the version, the length of a header, the
 * header as a literal of Python, and the values. Little-endian float32, float64 and int64 in row-major order; all become float32.
 */
final class NumpyArray {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\d\\s,]*)\\)");

    private NumpyArray() {}

    /**
     * Reads one array.
     *
     * @param file for messages
     * @throws UnusableWeightsException where the bytes are something else
     */
    static NamedTensor decode(String name, byte[] bytes, Path file) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            byte[] magic = new byte[MAGIC.length];
            buffer.get(magic);
            int version = buffer.get();
            buffer.get();
            if (!Arrays.equals(magic, MAGIC) || version < 1 || version > 3) {
                throw new IllegalArgumentException("no .npy of version 1 to 3");
            }
            byte[] header = new byte[version == 1 ? Short.toUnsignedInt(buffer.getShort()) : length(buffer)];
            buffer.get(header);
            return tensor(name, new String(header, StandardCharsets.UTF_8), buffer);
        } catch (RuntimeException e) {
            throw new UnusableWeightsException(
                    "weights that can be read; array " + name + " of " + file + ": " + e.getMessage(), e);
        }
    }

    private static int length(ByteBuffer buffer) {
        int length = buffer.getInt();
        if (length < 0 || length > buffer.remaining()) {
            throw new IllegalArgumentException("the header is longer than the array");
        }
        return length;
    }

    private static NamedTensor tensor(String name, String header, ByteBuffer data) {
        if (find(ORDER, header).equals("True")) {
            throw new IllegalArgumentException(
                    "is in column-major order; allowed: row-major (numpy.ascontiguousarray)");
        }
        List<Integer> shape = new ArrayList<>();
        for (String dimension : find(SHAPE, header).split(",")) {
            if (!dimension.isBlank()) {
                shape.add(Integer.parseInt(dimension.strip()));
            }
        }
        return new NamedTensor(name, shape, values(find(TYPE, header), data));
    }

    private static float[] values(String type, ByteBuffer data) {
        int width = type.equals("<f4") ? Float.BYTES : Double.BYTES;
        if (data.remaining() % width != 0) {
            throw new IllegalArgumentException("ends within a value");
        }
        float[] values = new float[data.remaining() / width];
        switch (type) {
            case "<f4" -> data.asFloatBuffer().get(values);
            case "<f8" -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) data.getDouble();
                }
            }
            case "<i8" -> {
                for (int i = 0; i < values.length; i++) {
                    values[i] = data.getLong();
                }
            }
            default ->
                throw new IllegalArgumentException(
                        "has the type " + type + "; allowed: <f4, <f8, <i8 (float32, float64, int64)");
        }
        return values;
    }

    private static String find(Pattern pattern, String header) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw new IllegalArgumentException("the header lacks " + pattern);
        }
        return matcher.group(1);
    }
}
