package io.engram.buffer.application;

import io.engram.proto.error.ApiException;
import io.engram.proto.error.ErrorReason;
import io.engram.proto.name.BufferName;
import io.engram.replay.BufferSettings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * All the buffers of the service, by name. A buffer's memory is set aside in full when it is made, so that none ever fails
 * by growing.
 *
 * <p>Any thread: its own state is guarded by its monitor, which is held for look-ups only, never while a buffer works or a
 * session is told something.
 */
public final class BufferRegistry {
    private final BufferLimits limits;
    private final Clock clock;
    private final Supplier<String> newIds;
    private final Traffic traffic;
    private final VersionWork versions;

    private final TreeMap<String, HeldBuffer> buffers = new TreeMap<>();
    private final Map<String, HeldBuffer> byRequestId = new HashMap<>();
    /** Buffers of which only versions are there, each with the reason. */
    private final Map<String, String> leftOut = new HashMap<>();

    private long reservedBytes;

    /**
     * No buffers yet.
     *
     * @param newIds ids for buffers whose maker names none; each different
     */
    public BufferRegistry(
            BufferLimits limits, Clock clock, Supplier<String> newIds, Traffic traffic, VersionWork versions) {
        this.limits = limits;
        this.clock = clock;
        this.newIds = newIds;
        this.traffic = traffic;
        this.versions = versions;
    }

    /** What commits and restores its buffers. */
    public VersionWork versions() {
        return versions;
    }

    /**
     * Makes a buffer, or gives the one that the same request made before.
     *
     * @throws ApiException REQUEST_ID_REUSED, BUFFER_EXISTS, BUFFER_LIMIT_REACHED or BUFFER_MEMORY_EXHAUSTED
     */
    public synchronized BufferState create(NewBuffer asked) {
        Optional<HeldBuffer> before = asked.requestId().map(byRequestId::get);
        if (before.isPresent()) {
            return repeated(before.get().state(), asked);
        }
        BufferName name = asked.name().orElseGet(() -> new BufferName(newIds.get()));
        requireFree(name);
        reserve(asked.settings());
        return put(new BufferIdentity(name, clock.instant(), asked.requestId()), asked.settings(), new TreeSet<>())
                .state();
    }

    /**
     * Takes a buffer in that has versions, without content yet.
     *
     * @throws ApiException BUFFER_LIMIT_REACHED or BUFFER_MEMORY_EXHAUSTED
     */
    synchronized HeldBuffer adopt(BufferIdentity identity, BufferSettings settings, SortedSet<Long> kept) {
        requireFree(identity.name());
        reserve(settings);
        return put(identity, settings, kept);
    }

    /** A buffer has versions but is not there; its name is taken, and deleting it removes them. */
    synchronized void leaveOut(BufferName name, String reason) {
        leftOut.put(name.buffer(), reason);
    }

    private HeldBuffer put(BufferIdentity identity, BufferSettings settings, SortedSet<Long> kept) {
        HeldBuffer buffer = new HeldBuffer(identity, settings, kept, traffic);
        buffers.put(identity.name().buffer(), buffer);
        identity.requestId().ifPresent(requestId -> byRequestId.put(requestId, buffer));
        return buffer;
    }

    /** @throws ApiException BUFFER_NOT_FOUND */
    public synchronized HeldBuffer get(BufferName name) {
        HeldBuffer buffer = buffers.get(name.buffer());
        if (buffer == null && leftOut.containsKey(name.buffer())) {
            throw ApiException.of(ErrorReason.BUFFER_NOT_FOUND, name + " " + leftOut.get(name.buffer()));
        }
        if (buffer == null) {
            throw HeldBuffer.notFound(name);
        }
        return buffer;
    }

    /**
     * Buffers by name.
     *
     * @param after the id before the first of them; empty to begin with the first there is
     * @param most how many at most
     */
    public List<BufferState> list(Optional<String> after, int most) {
        List<HeldBuffer> page;
        synchronized (this) {
            page = after.map(id -> buffers.tailMap(id, false)).orElse(buffers).values().stream()
                    .limit(most)
                    .toList();
        }
        return page.stream().map(HeldBuffer::state).toList();
    }

    /**
     * Removes a buffer with its versions and gives its memory back; sessions that have it open are told, on this thread. Its
     * name is free when all is removed.
     *
     * @param removed called then: on this thread, or on one that waits for the disk
     * @param failed called instead where the versions cannot be removed
     * @throws ApiException BUFFER_NOT_FOUND
     */
    public void delete(BufferName name, Runnable removed, Consumer<ApiException> failed) {
        Optional<HeldBuffer> buffer = take(name);
        ApiException why =
                ApiException.of(ErrorReason.BUFFER_NOT_FOUND, name + " was deleted while the session had it open");
        buffer.map(HeldBuffer::delete).ifPresent(sessions -> sessions.forEach(session -> session.accept(why)));
        if (buffer.isPresent() && buffer.get().isInMemoryOnly()) {
            removed.run();
            return;
        }
        leaveOut(name, "is being deleted");
        Runnable removal = () -> versions.removeAll(
                name,
                () -> {
                    forget(name);
                    removed.run();
                },
                trouble -> {
                    leaveOut(name, "was not deleted: " + trouble.getMessage());
                    failed.accept(trouble);
                });
        buffer.ifPresentOrElse(held -> held.whenFree(removal), removal);
    }

    /** Empty where only versions of it are there. */
    private synchronized Optional<HeldBuffer> take(BufferName name) {
        if (leftOut.containsKey(name.buffer())) {
            return Optional.empty();
        }
        HeldBuffer buffer = get(name);
        buffers.remove(name.buffer());
        byRequestId.values().remove(buffer);
        reservedBytes -= buffer.settings().memoryBytesWhenFull();
        return Optional.of(buffer);
    }

    private synchronized void forget(BufferName name) {
        leftOut.remove(name.buffer());
    }

    /** How many buffers there are. */
    public synchronized int size() {
        return buffers.size();
    }

    /** Bytes set aside for all buffers when full. */
    public synchronized long reservedBytes() {
        return reservedBytes;
    }

    /** Bytes that the samples held take now. */
    public long heldBytes() {
        List<HeldBuffer> all;
        synchronized (this) {
            all = new ArrayList<>(buffers.values());
        }
        return all.stream().mapToLong(buffer -> buffer.state().memoryBytes()).sum();
    }

    private static BufferState repeated(BufferState made, NewBuffer asked) {
        boolean same = made.settings().equals(asked.settings())
                && asked.name().map(made.name()::equals).orElse(true);
        if (!same) {
            throw ApiException.of(
                            ErrorReason.REQUEST_ID_REUSED,
                            "request_id made " + made.name() + " with other settings before; choose a new request_id")
                    .with("buffer", made.name().toString());
        }
        return made;
    }

    private void requireFree(BufferName name) {
        if (buffers.containsKey(name.buffer()) || leftOut.containsKey(name.buffer())) {
            throw ApiException.of(
                            ErrorReason.BUFFER_EXISTS,
                            name + " is taken; choose another buffer_id, or delete the buffer first")
                    .with("buffer", name.toString());
        }
        if (buffers.size() >= limits.maxBuffers()) {
            throw ApiException.of(
                            ErrorReason.BUFFER_LIMIT_REACHED,
                            "buffers: there are " + buffers.size() + "; allowed: " + limits.maxBuffers()
                                    + "; delete one first")
                    .with("limit", Integer.toString(limits.maxBuffers()));
        }
    }

    private void reserve(BufferSettings settings) {
        long needed = settings.memoryBytesWhenFull();
        long free = limits.memoryBytes() - reservedBytes;
        if (needed > free) {
            throw ApiException.of(
                            ErrorReason.BUFFER_MEMORY_EXHAUSTED,
                            "settings.capacity " + settings.capacity() + " of " + settings.itemBytes()
                                    + " bytes each needs " + needed + " bytes; allowed: " + free
                                    + " bytes, what is free of " + limits.memoryBytes())
                    .with("needed_bytes", Long.toString(needed))
                    .with("free_bytes", Long.toString(free))
                    .with("limit_bytes", Long.toString(limits.memoryBytes()));
        }
        reservedBytes += needed;
    }
}
