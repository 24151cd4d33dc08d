package io.engram.buffer.application;

import io.engram.proto.error.ApiException;
import io.engram.proto.error.ErrorReason;
import io.engram.proto.name.BufferName;
import io.engram.replay.ReplayBuffer;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * What waits for a disk: commits, restores and removals, on threads of their own. The buffer is set aside for the time, see
 * {@link HeldBuffer#begin}, so that no thread waits for a lock meanwhile. Any thread.
 */
public final class VersionWork {
    private static final Logger LOG = Logger.getLogger(VersionWork.class);

    private final VersionStore store;
    private final Executor threads;
    private final Traffic traffic;

    public VersionWork(VersionStore store, Executor threads, Traffic traffic) {
        this.store = store;
        this.threads = threads;
        this.traffic = traffic;
    }

    /** Runs something on one of the threads. */
    public void elsewhere(Runnable work) {
        threads.execute(work);
    }

    /**
     * Commits a buffer that was set aside, and gives it free.
     *
     * @param done gets the version
     * @param refused gets BUFFER_COMMIT_FAILED; nothing has changed then
     */
    public void commit(HeldBuffer buffer, Consumer<Long> done, Consumer<ApiException> refused) {
        start(buffer, () -> committed(buffer), done, refused);
    }

    /**
     * Puts a buffer that was set aside back to a version, and gives it free.
     *
     * @param version 0 for the buffer as it was made
     * @param done gets the buffer as it is then
     * @param refused gets BUFFER_VERSION_NOT_FOUND or BUFFER_VERSION_CORRUPT
     */
    public void restore(HeldBuffer buffer, long version, Consumer<BufferState> done, Consumer<ApiException> refused) {
        start(buffer, () -> restored(buffer, version), done, refused);
    }

    /** Removes all versions of a buffer that is deleted; {@code removed} or {@code failed} is called. */
    void removeAll(BufferName name, Runnable removed, Consumer<ApiException> failed) {
        threads.execute(() -> {
            try {
                store.removeAll(name);
            } catch (IOException refused) {
                failed.accept(ApiException.of(
                        ErrorReason.INTERNAL,
                        "the versions of " + name + " cannot be removed: " + refused.getMessage(),
                        refused));
                return;
            }
            removed.run();
        });
    }

    /** Some work on a buffer. */
    private interface Work<T> {
        T run();
    }

    private <T> void start(HeldBuffer buffer, Work<T> work, Consumer<T> done, Consumer<ApiException> refused) {
        try {
            threads.execute(() -> run(buffer, work, done, refused));
        } catch (RejectedExecutionException stopping) {
            buffer.end();
            refused.accept(ApiException.of(ErrorReason.UNAVAILABLE, "the service is stopping", stopping));
        }
    }

    private static <T> void run(HeldBuffer buffer, Work<T> work, Consumer<T> done, Consumer<ApiException> refused) {
        T result;
        try {
            result = work.run();
        } catch (ApiException failed) {
            buffer.end();
            refused.accept(failed);
            return;
        } catch (RuntimeException | Error fault) {
            buffer.end();
            LOG.errorf(fault, "%s: a version could not be written or read", buffer.name());
            refused.accept(ApiException.of(ErrorReason.INTERNAL, "a fault of the service; its log has more", fault));
            return;
        }
        buffer.end();
        done.accept(result);
    }

    private long committed(HeldBuffer buffer) {
        long version = buffer.nextVersion();
        try {
            store.write(buffer.identity(), version, buffer.setAside());
        } catch (IOException failed) {
            LOG.errorf("%s: version %d was not committed: %s", buffer.name(), version, failed);
            throw ApiException.of(
                    ErrorReason.BUFFER_COMMIT_FAILED,
                    buffer.name() + " was not committed: " + failed.getMessage(),
                    failed);
        }
        for (long old : buffer.committed(version)) {
            removeOld(buffer.name(), old);
        }
        traffic.committed();
        return version;
    }

    private void removeOld(BufferName name, long version) {
        try {
            store.remove(name, version);
        } catch (IOException refused) {
            LOG.warnf("%s: version %d is not needed and was not removed: %s", name, version, refused);
        }
    }

    private BufferState restored(HeldBuffer buffer, long version) {
        buffer.requireVersion(version);
        if (version == 0) {
            buffer.restored(new ReplayBuffer(buffer.settings()), 0);
        } else {
            verify(buffer, version);
            load(buffer, version);
        }
        traffic.restored();
        return buffer.state();
    }

    /** Before what the buffer holds is given up: two of it may be more than there is memory for. */
    private void verify(HeldBuffer buffer, long version) {
        try (VersionStore.Stored stored = store.open(buffer.name(), version)) {
            if (!stored.settings().equals(buffer.settings())) {
                throw new IOException("it was made with " + stored.settings());
            }
            stored.verify();
        } catch (IOException damaged) {
            throw corrupt(buffer, version, damaged);
        }
    }

    /** Reads a version into a buffer that is set aside or known to nobody yet; it has no content where that fails. */
    void load(HeldBuffer buffer, long version) {
        // Whatever happens while it is read, nobody takes an empty buffer for the one that was.
        buffer.lost(unreadable(buffer, version, new IOException("it was not read to its end")));
        try (VersionStore.Stored stored = store.open(buffer.name(), version)) {
            buffer.restored(stored.read(), version);
        } catch (IOException damaged) {
            ApiException corrupt = corrupt(buffer, version, damaged);
            buffer.lost(corrupt);
            throw corrupt;
        }
    }

    private static ApiException corrupt(HeldBuffer buffer, long version, IOException damaged) {
        LOG.errorf("%s: version %d cannot be read: %s", buffer.name(), version, damaged);
        return unreadable(buffer, version, damaged);
    }

    private static ApiException unreadable(HeldBuffer buffer, long version, IOException damaged) {
        return ApiException.of(
                        ErrorReason.BUFFER_VERSION_CORRUPT,
                        "version " + version + " of " + buffer.name() + " cannot be read: " + damaged.getMessage()
                                + "; kept: " + buffer.versions(),
                        damaged)
                .with("buffer", buffer.name().toString())
                .with("version", Long.toString(version));
    }
}
