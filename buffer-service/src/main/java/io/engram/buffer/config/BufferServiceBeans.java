package io.engram.buffer.config;

import io.engram.buffer.application.BufferLimits;
import io.engram.buffer.application.BufferRegistry;
import io.engram.buffer.application.StoredBuffers;
import io.engram.buffer.application.Traffic;
import io.engram.buffer.application.VersionWork;
import io.engram.buffer.persistence.VersionFolder;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    VersionFolder versionFolder(BufferServiceConfig config) {
        try {
            return VersionFolder.hold(config.dir());
        } catch (IOException refused) {
            throw new UncheckedIOException("the buffer folder cannot be used: " + refused, refused);
        }
    }

    void release(@Disposes VersionFolder folder) throws IOException {
        folder.close();
    }

    @Produces
    @Singleton
    VersionThreads versionThreads() {
        return new VersionThreads();
    }

    /** What is being written is written to its end. */
    void stop(@Disposes VersionThreads threads) {
        threads.close();
    }

    /** With the buffers that were committed; the service is not ready before they are there. */
    @Produces
    @Singleton
    @Startup
    BufferRegistry registry(BufferLimits limits, Traffic traffic, VersionFolder folder, VersionThreads threads) {
        VersionWork versions = new VersionWork(folder, threads, traffic);
        BufferRegistry registry = new BufferRegistry(
                limits, Clock.systemUTC(), () -> UUID.randomUUID().toString(), traffic, versions);
        try {
            new StoredBuffers(folder, versions, registry).load();
        } catch (IOException refused) {
            throw new UncheckedIOException("the buffer folder cannot be read: " + refused, refused);
        }
        return registry;
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
