package io.engram.buffer.application;

import io.engram.proto.name.BufferName;
import io.engram.replay.BufferSettings;
import java.util.Optional;

/**
 * A buffer that somebody asks for.
 *
 * @param name empty where the service shall choose one
 * @param settings what it is made with
 * @param requestId makes a repeated request give the same buffer; empty where the caller does not care
 */
public record NewBuffer(Optional<BufferName> name, BufferSettings settings, Optional<String> requestId) {}
