package io.engram.buffer.config;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** The threads that write and read versions: few, as they share a disk. */
final class VersionThreads implements Executor, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(VersionThreads.class);
    private static final int THREADS = 2;
    private static final int STOP_SECONDS = 20;

    private final AtomicInteger made = new AtomicInteger();
    private final ExecutorService threads =
            Executors.newFixedThreadPool(THREADS, work -> new Thread(work, "versions-" + made.incrementAndGet()));

    @Override
    public void execute(Runnable work) {
        threads.execute(work);
    }

    /** Takes nothing more on, and waits for what is under way. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("a version was not written in time; the one before it stays");
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
