package io.engram.buffer.application;

import io.engram.proto.error.ApiException;
import io.engram.proto.error.ErrorReason;
import io.engram.proto.name.BufferName;
import io.engram.replay.BufferSettings;
import io.engram.replay.ReplayBuffer;
import io.engram.replay.SampleBatch;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A buffer with its name and the sessions that have it open.
 *
 * <p>Owner of the replay memory: whichever thread holds this object's monitor. Sessions call from the event loops of their
 * connections, and each exchange is a few copies, so handing it to another thread would cost more than the exchange. An
 * exchange is one step: no other session's commands come between its insert and its draw. Nothing is called back while the
 * monitor is held.
 */
public final class HeldBuffer {
    private final BufferName name;
    private final Instant createTime;
    private final Traffic traffic;
    private final ReplayBuffer replay;
    private final Set<Runnable> sessions = new LinkedHashSet<>();
    private boolean deleted;

    HeldBuffer(BufferName name, BufferSettings settings, Instant createTime, Traffic traffic) {
        this.name = name;
        this.createTime = createTime;
        this.traffic = traffic;
        replay = new ReplayBuffer(settings);
    }

    /** What it was made with. */
    public BufferSettings settings() {
        return replay.settings();
    }

    /** The buffer now. */
    public synchronized BufferState state() {
        return new BufferState(name, replay.settings(), replay.size(), replay.seen(), replay.memoryBytes(), createTime);
    }

    /**
     * Inserts a batch, then draws {@code min(count, size)} samples.
     *
     * @param batch what to insert; may be empty
     * @param count how many to draw, 0 or more
     * @throws ApiException BUFFER_NOT_FOUND when the buffer was deleted
     * @throws io.engram.replay.InvalidValueException when the batch is refused; nothing was done then
     */
    public synchronized Exchanged exchange(SampleBatch batch, int count) {
        requirePresent();
        replay.insert(batch);
        int drawn = Math.min(count, replay.size());
        byte[] items = new byte[drawn * replay.settings().itemBytes()];
        int[] labels = new int[drawn];
        int[] tasks = new int[drawn];
        if (drawn > 0) {
            replay.sample(
                    drawn,
                    SampleBatch.over(ByteBuffer.wrap(items), replay.settings().itemBytes(), labels, tasks));
        }
        traffic.exchanged(batch.size(), drawn);
        return new Exchanged(replay.size(), replay.seen(), items, labels, tasks);
    }

    /**
     * Makes a session known, so that it hears of the buffer's end.
     *
     * @param onDeleted called once, on the thread that deletes the buffer, unless the session left before
     * @throws ApiException BUFFER_NOT_FOUND when the buffer was deleted
     */
    public synchronized void join(Runnable onDeleted) {
        requirePresent();
        sessions.add(onDeleted);
    }

    /** Forgets a session; does nothing where it is not known. */
    public synchronized void leave(Runnable onDeleted) {
        sessions.remove(onDeleted);
    }

    /** Sessions that have it open. */
    synchronized int sessions() {
        return sessions.size();
    }

    /** Ends the buffer; from here on every exchange is refused. The caller tells the sessions. */
    synchronized List<Runnable> delete() {
        deleted = true;
        List<Runnable> open = List.copyOf(sessions);
        sessions.clear();
        return open;
    }

    /** What callers of a buffer that is not there are told. */
    static ApiException notFound(BufferName name) {
        return ApiException.of(
                ErrorReason.BUFFER_NOT_FOUND, "there is no " + name + "; ListBuffers names those there are");
    }

    private void requirePresent() {
        if (deleted) {
            throw notFound(name);
        }
    }
}
