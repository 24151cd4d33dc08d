package io.engram.learning.artifact;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The safetensors format (Hugging Face, "Safetensors", format description): the length of a JSON header as
 * little-endian {@code uint64}, the header, then the tensors' bytes. {@code F32} tensors are written; {@code F32}, {@code F64} and
 * {@code I64} are read, as float32.
 */
public final class Safetensors {
    private static final int ALIGNMENT = 8;

    private Safetensors() {}

    static byte[] encode(List<NamedTensor> tensors) {
        JsonObject header = new JsonObject();
        int offset = 0;
        for (NamedTensor tensor : tensors) {
            int end = Math.addExact(offset, Math.multiplyExact(4, tensor.values().length));
            JsonObject entry = new JsonObject();
            entry.addProperty("dtype", "F32");
            entry.add("shape", array(tensor.shape()));
            entry.add("data_offsets", array(List.of(offset, end)));
            header.add(tensor.name(), entry);
            offset = end;
        }
        byte[] json = padded(header.toString());
        ByteBuffer file = ByteBuffer.allocate(8 + json.length + offset).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(json.length).put(json);
        for (NamedTensor tensor : tensors) {
            file.asFloatBuffer().put(tensor.values());
            file.position(file.position() + 4 * tensor.values().length);
        }
        return file.array();
    }

    /**
     * All tensors, in the order of the header.
     *
     * @param file for messages
     * @throws CorruptArtifactException where the bytes are something else
     */
    public static List<NamedTensor> decode(byte[] bytes, Path file) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            int headerLength = Math.toIntExact(buffer.getLong());
            String json = new String(bytes, 8, headerLength, StandardCharsets.UTF_8);
            List<NamedTensor> tensors = new ArrayList<>();
            for (Map.Entry<String, JsonElement> entry :
                    JsonParser.parseString(json).getAsJsonObject().entrySet()) {
                if (!entry.getKey().equals("__metadata__")) {
                    tensors.add(tensor(entry.getKey(), entry.getValue().getAsJsonObject(), buffer, 8 + headerLength));
                }
            }
            return tensors;
        } catch (JsonParseException
                | IllegalStateException
                | IllegalArgumentException
                | ArithmeticException
                | IndexOutOfBoundsException
                | BufferUnderflowException
                | ClassCastException
                | UnsupportedOperationException
                | NullPointerException e) {
            throw new CorruptArtifactException(file + " is not a safetensors file of F32, F64 or I64 tensors: " + e, e);
        }
    }

    private static NamedTensor tensor(String name, JsonObject entry, ByteBuffer file, int dataStart) {
        List<Integer> offsets = integers(entry.getAsJsonArray("data_offsets"));
        int length = Math.subtractExact(offsets.get(1), offsets.get(0));
        if (offsets.get(0) < 0) {
            throw new IllegalArgumentException(name + " has the data offsets " + offsets);
        }
        ByteBuffer data =
                file.slice(Math.addExact(dataStart, offsets.get(0)), length).order(ByteOrder.LITTLE_ENDIAN);
        return new NamedTensor(
                name,
                integers(entry.getAsJsonArray("shape")),
                values(name, entry.get("dtype").getAsString(), data));
    }

    private static float[] values(String name, String type, ByteBuffer data) {
        return switch (type) {
            case "F32" -> floats(name, data);
            case "F64" -> values(name, data, Double.BYTES, bytes -> (float) bytes.getDouble());
            case "I64" -> values(name, data, Long.BYTES, ByteBuffer::getLong);
            default -> throw new IllegalArgumentException(name + " has dtype " + type + "; allowed: F32, F64, I64");
        };
    }

    private static float[] floats(String name, ByteBuffer data) {
        float[] values = new float[count(name, data, Float.BYTES)];
        data.asFloatBuffer().get(values);
        return values;
    }

    private static float[] values(String name, ByteBuffer data, int width, ToFloat next) {
        float[] values = new float[count(name, data, width)];
        for (int i = 0; i < values.length; i++) {
            values[i] = next.read(data);
        }
        return values;
    }

    private static int count(String name, ByteBuffer data, int width) {
        if (data.remaining() % width != 0) {
            throw new IllegalArgumentException(name + " ends within a value");
        }
        return data.remaining() / width;
    }

    private interface ToFloat {
        float read(ByteBuffer data);
    }

    private static byte[] padded(String json) {
        int length = json.getBytes(StandardCharsets.UTF_8).length;
        return (json + " ".repeat((ALIGNMENT - length % ALIGNMENT) % ALIGNMENT)).getBytes(StandardCharsets.UTF_8);
    }

    private static JsonArray array(List<Integer> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        return array;
    }

    private static List<Integer> integers(JsonArray array) {
        List<Integer> values = new ArrayList<>();
        array.forEach(v -> values.add(v.getAsInt()));
        return values;
    }
}
