package io.engram.buffer.application;

import io.engram.proto.name.BufferName;
import io.engram.replay.BufferSettings;
import java.time.Instant;
import java.util.List;

/**
 * A buffer at one moment.
 *
 * @param size samples it holds
 * @param seen samples that were ever inserted
 * @param memoryBytes bytes that the samples held take
 * @param versions committed versions that are kept, in ascending order
 */
public record BufferState(
        BufferName name,
        BufferSettings settings,
        int size,
        long seen,
        long memoryBytes,
        Instant createTime,
        List<Long> versions) {}
