package io.engram.buffer.application;

import io.engram.proto.name.BufferName;
import java.time.Instant;
import java.util.Optional;

/**
 * What stays the same of a buffer while it lives, beside its settings.
 *
 * @param requestId the request that made it; empty where the caller did not care
 */
public record BufferIdentity(BufferName name, Instant createTime, Optional<String> requestId) {}
