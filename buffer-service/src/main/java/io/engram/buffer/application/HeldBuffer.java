package io.engram.buffer.application;

import io.engram.proto.error.ApiException;
import io.engram.proto.error.ErrorReason;
import io.engram.proto.name.BufferName;
import io.engram.replay.BufferSettings;
import io.engram.replay.ReplayBuffer;
import io.engram.replay.ReservoirForecast;
import io.engram.replay.SampleBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A buffer with its name, its versions and the sessions that have it open.
 *
 * <p>Owner of the replay memory: whichever thread holds this object's monitor. Sessions call from the event loops of their
 * connections, and each exchange is a few copies, so handing it to another thread would cost more than the exchange. An
 * exchange is one step: no other session's commands come between its insert and its draw. Nothing is called back while the
 * monitor is held.
 *
 * <p>Work that waits for a disk does not hold the monitor: the buffer is set aside ({@link #begin}), belongs to the thread
 * that works, and is refused to everybody else ({@link Exchanged#LATER}) until {@link #end}.
 */
public final class HeldBuffer {
    private final BufferIdentity identity;
    private final BufferSettings settings;
    private final Traffic traffic;
    private final Set<Consumer<ApiException>> sessions = new LinkedHashSet<>();
    private final TreeSet<Long> versions = new TreeSet<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private ReplayBuffer replay;
    /** Why it has no content; null where it has. */
    private ApiException lost;
    /** The version it follows; 0 for none. */
    private long base;

    private long newest;
    private boolean setAside;
    private boolean deleted;

    HeldBuffer(BufferIdentity identity, BufferSettings settings, SortedSet<Long> versions, Traffic traffic) {
        this.identity = identity;
        this.settings = settings;
        this.traffic = traffic;
        this.versions.addAll(versions);
        newest = versions.isEmpty() ? 0 : versions.last();
        replay = new ReplayBuffer(settings);
    }

    public BufferName name() {
        return identity.name();
    }

    BufferIdentity identity() {
        return identity;
    }

    /** What it was made with. */
    public BufferSettings settings() {
        return settings;
    }

    /** The buffer now; while a version is read into it, without content. */
    public synchronized BufferState state() {
        return new BufferState(
                identity.name(),
                settings,
                replay.size(),
                replay.seen(),
                replay.memoryBytes(),
                replay.forecast().map(ReservoirForecast::generator),
                identity.createTime(),
                List.copyOf(versions));
    }

    /**
     * Inserts a batch, then draws {@code min(count, size)} samples.
     *
     * @param session the session that asks, as it joined
     * @param insertion what to insert first
     * @param count how many to draw, 0 or more
     * @return {@link Exchanged#LATER} where nothing was done because the buffer is set aside
     * @throws ApiException BUFFER_NOT_FOUND when the buffer was deleted, BUFFER_TAKEN_OVER when it is another session's,
     *     BUFFER_VERSION_CORRUPT when it has no content
     * @throws io.engram.replay.InvalidValueException when the batch is refused; nothing was done then
     */
    public synchronized Exchanged exchange(Consumer<ApiException> session, Insertion insertion, int count) {
        requireOpenTo(session);
        if (setAside) {
            return Exchanged.LATER;
        }
        requireContent();
        insertion.into(replay);
        int drawn = Math.min(count, replay.size());
        byte[] items = new byte[drawn * settings.itemBytes()];
        int[] labels = new int[drawn];
        int[] tasks = new int[drawn];
        if (drawn > 0) {
            replay.sample(drawn, SampleBatch.over(ByteBuffer.wrap(items), settings.itemBytes(), labels, tasks));
        }
        traffic.exchanged(insertion.offered(), drawn);
        return new Exchanged(replay.size(), replay.seen(), items, labels, tasks);
    }

    /**
     * Reads samples by slot, without drawing.
     *
     * @param first the slot to begin with
     * @param count how many at most, 0 or more
     * @return as of {@link #exchange}
     * @throws ApiException as {@link #exchange}
     * @throws io.engram.replay.InvalidValueException when there is no such slot
     */
    public synchronized Exchanged scan(Consumer<ApiException> session, int first, int count) {
        requireOpenTo(session);
        if (setAside) {
            return Exchanged.LATER;
        }
        requireContent();
        int read = Math.max(0, Math.min(count, replay.size() - first));
        byte[] items = new byte[read * settings.itemBytes()];
        int[] labels = new int[read];
        int[] tasks = new int[read];
        replay.scan(first, SampleBatch.over(ByteBuffer.wrap(items), settings.itemBytes(), labels, tasks));
        return new Exchanged(replay.size(), replay.seen(), items, labels, tasks);
    }

    /**
     * Sets the buffer aside for work on its versions; {@link VersionWork} gives it free.
     *
     * @return false where it is set aside already
     * @throws ApiException as {@link #exchange}, BUFFER_VERSION_CORRUPT only where {@code needsContent}
     */
    public synchronized boolean begin(Consumer<ApiException> session, boolean needsContent) {
        requireOpenTo(session);
        if (setAside) {
            return false;
        }
        if (needsContent) {
            requireContent();
        }
        setAside = true;
        return true;
    }

    /** Calls back once, when the buffer is not set aside: at once, or on the thread that gives it free. */
    public void whenFree(Runnable then) {
        synchronized (this) {
            if (setAside) {
                waiting.add(then);
                return;
            }
        }
        then.run();
    }

    /** Gives the buffer free and calls those back who wait. */
    void end() {
        List<Runnable> next;
        synchronized (this) {
            setAside = false;
            next = List.copyOf(waiting);
            waiting.clear();
        }
        next.forEach(Runnable::run);
    }

    /** What it holds, for who has set it aside. */
    synchronized ReplayBuffer setAside() {
        return replay;
    }

    synchronized long nextVersion() {
        return newest + 1;
    }

    /** Kept versions. */
    synchronized SortedSet<Long> versions() {
        return new TreeSet<>(versions);
    }

    /**
     * A version is durable.
     *
     * @return the versions that are no longer kept
     */
    synchronized SortedSet<Long> committed(long version) {
        SortedSet<Long> old = new TreeSet<>(versions);
        old.remove(base);
        versions.removeAll(old);
        versions.add(version);
        newest = version;
        base = version;
        return old;
    }

    /** @throws ApiException BUFFER_VERSION_NOT_FOUND where the version is neither kept nor 0 */
    synchronized void requireVersion(long version) {
        if (version != 0 && !versions.contains(version)) {
            throw ApiException.of(
                            ErrorReason.BUFFER_VERSION_NOT_FOUND,
                            "restore.version: was " + version + "; allowed: 0, and of " + name() + " one of "
                                    + versions)
                    .with("buffer", name().toString())
                    .with("version", Long.toString(version));
        }
    }

    synchronized void restored(ReplayBuffer read, long version) {
        replay = read;
        base = version;
        lost = null;
    }

    /** Gives up what it holds: it has no content until a version is restored. */
    synchronized void lost(ApiException why) {
        replay = new ReplayBuffer(settings);
        lost = why;
    }

    /**
     * Makes a session known, so that it hears of the end.
     *
     * @param session called once when the session must end, unless it left before: on the thread that deletes the buffer, or
     *     on one of {@link VersionWork}
     * @throws ApiException BUFFER_NOT_FOUND when the buffer was deleted
     */
    public synchronized void join(Consumer<ApiException> session) {
        requirePresent();
        sessions.add(session);
    }

    /** Makes a session the only one; from here on every command of the others is refused. The caller tells them. */
    public synchronized List<Consumer<ApiException>> takeOver(Consumer<ApiException> session) {
        join(session);
        List<Consumer<ApiException>> others = new ArrayList<>(sessions);
        others.remove(session);
        sessions.removeAll(others);
        return others;
    }

    /** Forgets a session; does nothing where it is not known. */
    public synchronized void leave(Consumer<ApiException> session) {
        sessions.remove(session);
    }

    /** Whether nothing of it is on disk, nor about to be. */
    synchronized boolean isInMemoryOnly() {
        return versions.isEmpty() && !setAside;
    }

    /** Ends the buffer; from here on every command is refused. The caller tells the sessions. */
    synchronized List<Consumer<ApiException>> delete() {
        deleted = true;
        List<Consumer<ApiException>> open = List.copyOf(sessions);
        sessions.clear();
        return open;
    }

    /** What callers of a buffer that is not there are told. */
    static ApiException notFound(BufferName name) {
        return ApiException.of(
                ErrorReason.BUFFER_NOT_FOUND, "there is no " + name + "; ListBuffers names those there are");
    }

    /** What a session is told whose buffer is another one's now. */
    public static ApiException takenOver(BufferName name) {
        return ApiException.of(ErrorReason.BUFFER_TAKEN_OVER, name + " was taken over by another session");
    }

    private void requirePresent() {
        if (deleted) {
            throw notFound(name());
        }
    }

    private void requireOpenTo(Consumer<ApiException> session) {
        requirePresent();
        if (!sessions.contains(session)) {
            throw takenOver(name());
        }
    }

    private void requireContent() {
        if (lost != null) {
            throw lost;
        }
    }
}
