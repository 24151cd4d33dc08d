package io.engram.buffer.application;

import io.engram.proto.name.BufferName;
import io.engram.replay.BufferSettings;
import java.time.Instant;

/**
 * A buffer at one moment.
 *
 * @param size samples it holds
 * @param seen samples that were ever inserted
 * @param memoryBytes bytes that the samples held take
 */
public record BufferState(
        BufferName name, BufferSettings settings, int size, long seen, long memoryBytes, Instant createTime) {}
