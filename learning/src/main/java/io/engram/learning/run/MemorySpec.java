package io.engram.learning.run;

import java.util.OptionalInt;

/**
 * The replay memory of a run.
 *
 * @param capacity samples it holds at most, 0 to 10000000; 1000 when left out. With 0 a method equals plain training
 * @param batchSize replayed samples in a step, 1 to 65536; as many as new ones when left out
 * @param insertionPolicy which samples stay; {@code reservoir} when empty
 * @param samplingPolicy which samples are drawn; {@code uniform} when empty
 */
public record MemorySpec(OptionalInt capacity, OptionalInt batchSize, String insertionPolicy, String samplingPolicy) {

    public static MemorySpec defaults() {
        return new MemorySpec(OptionalInt.empty(), OptionalInt.empty(), "", "");
    }
}
