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
import java.util.TreeMap;
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

    private final TreeMap<String, HeldBuffer> buffers = new TreeMap<>();
    private final Map<String, HeldBuffer> byRequestId = new HashMap<>();
    private long reservedBytes;

    /**
     * No buffers yet.
     *
     * @param newIds ids for buffers whose maker names none; each different
     */
    public BufferRegistry(BufferLimits limits, Clock clock, Supplier<String> newIds, Traffic traffic) {
        this.limits = limits;
        this.clock = clock;
        this.newIds = newIds;
        this.traffic = traffic;
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
        HeldBuffer buffer = new HeldBuffer(name, asked.settings(), clock.instant(), traffic);
        buffers.put(name.buffer(), buffer);
        asked.requestId().ifPresent(requestId -> byRequestId.put(requestId, buffer));
        return buffer.state();
    }

    /** @throws ApiException BUFFER_NOT_FOUND */
    public synchronized HeldBuffer get(BufferName name) {
        HeldBuffer buffer = buffers.get(name.buffer());
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
     * Removes a buffer and gives its memory back; sessions that have it open are told, on this thread.
     *
     * @throws ApiException BUFFER_NOT_FOUND
     */
    public void delete(BufferName name) {
        HeldBuffer buffer;
        synchronized (this) {
            buffer = get(name);
            buffers.remove(name.buffer());
            byRequestId.values().remove(buffer);
            reservedBytes -= buffer.settings().memoryBytesWhenFull();
        }
        buffer.delete().forEach(Runnable::run);
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
        if (buffers.containsKey(name.buffer())) {
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
