package io.engram.learning.run;

import java.util.OptionalInt;

/**
 * The replay memory of a run.
 *
 * @param capacity samples it holds at most, 0 to 10000000; 1000 when left out. With 0 nothing is replayed: a method that only
 *     replays equals {@code finetune}, others go on with what else they do, and some need more, see {@link
 *     io.engram.learning.method.Method#leastMemory}
 * @param batchSize replayed samples in a step, 1 to 65536; as many as new ones when left out
 * @param insertionPolicy which samples stay; the method's own when empty, see {@link
 *     io.engram.learning.method.Method#insertionPolicy}
 * @param samplingPolicy which samples are drawn; {@code uniform} when empty
 */
public record MemorySpec(OptionalInt capacity, OptionalInt batchSize, String insertionPolicy, String samplingPolicy) {

    public static MemorySpec defaults() {
        return new MemorySpec(OptionalInt.empty(), OptionalInt.empty(), "", "");
    }
}
