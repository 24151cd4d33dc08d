package io.engram.learning.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.engram.learning.checkpoint.StoredTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** Tensors of the engine to and from what a checkpoint holds, bit for bit. */
final class StoredTensors {
    private StoredTensors() {}

    static List<StoredTensor> of(NDList tensors) {
        return tensors.stream().map(StoredTensors::of).toList();
    }

    private static StoredTensor of(NDArray tensor) {
        ByteBuffer values = tensor.toByteBuffer();
        byte[] bytes = new byte[values.remaining()];
        values.get(bytes);
        return new StoredTensor(
                name(tensor.getDataType()),
                Arrays.stream(tensor.getShape().getShape())
                        .mapToObj(Math::toIntExact)
                        .toList(),
                bytes);
    }

    static NDArray loaded(StoredTensor stored, NDManager manager) {
        ByteBuffer values = ByteBuffer.allocateDirect(stored.bytes().length).order(ByteOrder.nativeOrder());
        values.put(0, stored.bytes());
        // A copy of its own: the engine keeps the buffer it is given, and parameters outlive it.
        try (NDArray over = manager.create(values, Network.shape(stored.shape()), type(stored.type()))) {
            return over.duplicate();
        }
    }

    private static String name(DataType type) {
        return switch (type) {
            case FLOAT32 -> "F32";
            case FLOAT64 -> "F64";
            case INT64 -> "I64";
            case INT32 -> "I32";
            case UINT8 -> "U8";
            case BOOLEAN -> "BOOL";
            default -> throw new IllegalArgumentException("no checkpoint holds tensors of type " + type);
        };
    }

    private static DataType type(String name) {
        return switch (name) {
            case "F32" -> DataType.FLOAT32;
            case "F64" -> DataType.FLOAT64;
            case "I64" -> DataType.INT64;
            case "I32" -> DataType.INT32;
            case "U8" -> DataType.UINT8;
            case "BOOL" -> DataType.BOOLEAN;
            default -> throw new IllegalArgumentException("no checkpoint holds tensors of type " + name);
        };
    }
}
