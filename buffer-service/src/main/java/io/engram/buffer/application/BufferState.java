package io.engram.buffer.application;

import io.engram.proto.name.BufferName;
import io.engram.replay.BufferSettings;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A buffer at one moment.
 *
 * @param size samples it holds
 * @param seen samples that were ever inserted
 * @param memoryBytes bytes that the samples held take
 * @param insertionGenerator the state from which a {@link io.engram.replay.ReservoirForecast} goes on, where there is one
 * @param versions committed versions that are kept, in ascending order
 */
public record BufferState(
        BufferName name,
        BufferSettings settings,
        int size,
        long seen,
        long memoryBytes,
        Optional<Long> insertionGenerator,
        Instant createTime,
        List<Long> versions) {}
