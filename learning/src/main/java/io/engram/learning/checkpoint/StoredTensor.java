package io.engram.learning.checkpoint;

import java.util.List;

/**
 * A tensor outside the engine, bit for bit.
 *
 * @param type its element type as safetensors names it, for example {@code F32}
 * @param shape its dimensions; none for a scalar
 * @param bytes its values, little-endian, row by row
 */
public record StoredTensor(String type, List<Integer> shape, byte[] bytes) {

    public StoredTensor {
        shape = List.copyOf(shape);
    }
}
