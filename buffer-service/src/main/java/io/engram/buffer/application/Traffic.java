package io.engram.buffer.application;

import io.engram.proto.error.ApiException;
import io.engram.proto.error.ErrorReason;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts what goes through the service, and holds sessions to their limit. Any thread. */
public final class Traffic {
    private final int maxSessions;
    private final AtomicInteger sessions = new AtomicInteger();
    private final LongAdder exchanges = new LongAdder();
    private final LongAdder inserted = new LongAdder();
    private final LongAdder drawn = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder commits = new LongAdder();
    private final LongAdder restores = new LongAdder();

    public Traffic(BufferLimits limits) {
        maxSessions = limits.maxSessions();
    }

    /**
     * A session begins; {@link #sessionEnded} must follow.
     *
     * @throws ApiException SESSION_LIMIT_REACHED when there are as many as allowed
     */
    public void sessionStarted() {
        if (sessions.incrementAndGet() > maxSessions) {
            sessions.decrementAndGet();
            throw ApiException.of(
                            ErrorReason.SESSION_LIMIT_REACHED,
                            "sessions: " + maxSessions + " are open; allowed: " + maxSessions + "; close one first")
                    .with("limit", Integer.toString(maxSessions));
        }
    }

    /** A session that began is over. */
    public void sessionEnded() {
        sessions.decrementAndGet();
    }

    /** A request of a session was refused. */
    public void requestRefused() {
        refused.increment();
    }

    void exchanged(int samplesInserted, int samplesDrawn) {
        exchanges.increment();
        inserted.add(samplesInserted);
        drawn.add(samplesDrawn);
    }

    void committed() {
        commits.increment();
    }

    void restored() {
        restores.increment();
    }

    /** Sessions there are now. */
    public int sessions() {
        return sessions.get();
    }

    /** Requests of sessions that were done. */
    public long exchanges() {
        return exchanges.sum();
    }

    /** Samples inserted, whether they stayed or not. */
    public long inserted() {
        return inserted.sum();
    }

    /** Samples drawn. */
    public long drawn() {
        return drawn.sum();
    }

    /** Requests of sessions that were refused. */
    public long refused() {
        return refused.sum();
    }

    /** Versions committed. */
    public long commits() {
        return commits.sum();
    }

    /** Versions restored at somebody's request. */
    public long restores() {
        return restores.sum();
    }
}
