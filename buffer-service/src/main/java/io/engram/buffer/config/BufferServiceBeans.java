package io.engram.buffer.config;

import io.engram.buffer.application.BufferLimits;
import io.engram.buffer.application.BufferRegistry;
import io.engram.buffer.application.Traffic;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Puts the service together from its settings. */
final class BufferServiceBeans {
    private static final Logger LOG = Logger.getLogger(BufferServiceBeans.class);
    private static final double LARGEST_SHARE_OF_HEAP = 0.7;

    @Produces
    @Singleton
    BufferLimits limits(BufferServiceConfig config) {
        return new BufferLimits(
                memoryBytes(config.memoryBytes(), Runtime.getRuntime().maxMemory()),
                config.maxBuffers(),
                config.maxSessions(),
                config.maxMessageBytes());
    }

    @Produces
    @Singleton
    Traffic traffic(BufferLimits limits) {
        return new Traffic(limits);
    }

    @Produces
    @Singleton
    BufferRegistry registry(BufferLimits limits, Traffic traffic) {
        return new BufferRegistry(
                limits, Clock.systemUTC(), () -> UUID.randomUUID().toString(), traffic);
    }

    /** What was asked for, or the share of the heap that buffers may have where that is less. */
    static long memoryBytes(long asked, long heapBytes) {
        long most = (long) (heapBytes * LARGEST_SHARE_OF_HEAP);
        if (asked > most) {
            LOG.warnf(
                    "ENGRAM_BUFFER_MEMORY_BYTES is %d, but the heap has %d: buffers may take %d; raise -Xmx for more",
                    asked, heapBytes, most);
            return most;
        }
        return asked;
    }
}
