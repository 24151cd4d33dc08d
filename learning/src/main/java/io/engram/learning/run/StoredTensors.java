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
import java.util.Map;

/** Tensors of the engine to and from what a checkpoint holds, bit for bit. */
final class StoredTensors {
    private static final Map<DataType, String> TYPES = Map.of(
            DataType.FLOAT32, "F32",
            DataType.FLOAT64, "F64",
            DataType.INT64, "I64",
            DataType.INT32, "I32",
            DataType.UINT8, "U8",
            DataType.BOOLEAN, "BOOL");

    private StoredTensors() {}

    static List<StoredTensor> of(NDList tensors) {
        return tensors.stream().map(StoredTensors::of).toList();
    }

    private static StoredTensor of(NDArray tensor) {
        ByteBuffer values = tensor.toByteBuffer();
        byte[] bytes = new byte[values.remaining()];
        values.get(bytes);
        return new StoredTensor(
                TYPES.get(tensor.getDataType()),
                Arrays.stream(tensor.getShape().getShape())
                        .mapToObj(Math::toIntExact)
                        .toList(),
                bytes);
    }

    static NDArray loaded(StoredTensor stored, NDManager manager) {
        DataType type = TYPES.entrySet().stream()
                .filter(entry -> entry.getValue().equals(stored.type()))
                .findFirst()
                .orElseThrow()
                .getKey();
        ByteBuffer values = ByteBuffer.allocateDirect(stored.bytes().length).order(ByteOrder.nativeOrder());
        values.put(0, stored.bytes());
        // A copy of its own: the engine keeps the buffer it is given, and parameters outlive it.
        try (NDArray over = manager.create(values, Network.shape(stored.shape()), type)) {
            return over.duplicate();
        }
    }
}
