package io.engram.buffer.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** The settings of the buffer service, beside those of its servers; the environment variables are in application.properties. */
@ConfigMapping(prefix = "engram.buffer-service")
public interface BufferServiceConfig {
    /** Heap that all buffers together may take when full, in bytes. Never more than 70 % of the heap. */
    @WithDefault("1073741824")
    long memoryBytes();

    /** Buffers at the same time. */
    @WithDefault("1000")
    int maxBuffers();

    /** Sessions at the same time. Each may hold a request and a response of {@link #maxMessageBytes}. */
    @WithDefault("64")
    int maxSessions();

    /** Bytes of one message, in either direction. The gRPC server reads up to twice as many, to refuse them with a reason. */
    @WithDefault("8388608")
    int maxMessageBytes();

    /** The folder of committed versions, of this service alone. */
    @WithDefault("buffers")
    Path dir();
}
