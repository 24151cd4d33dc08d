package io.engram.service.outbox;

import io.engram.proto.event.EngramEvent;
import org.jdbi.v3.core.Handle;

/**
 * Where a use case puts events that must be sent if, and only if, its transaction commits (the transactional outbox).
 * Events with the same key are sent in the order in which they were appended. Used from any thread.
 */
public final class Outbox {
    private final OutboxRelay relay;

    /** @param relay is told of every commit, so that events leave at once */
    public Outbox(OutboxRelay relay) {
        this.relay = relay;
    }

    /**
     * Keeps an event in the caller's transaction.
     *
     * @throws IllegalStateException where the handle has no open transaction
     */
    public void append(Handle handle, EngramEvent event) {
        if (!handle.isInTransaction()) {
            throw new IllegalStateException("an event must be appended inside a transaction");
        }
        OutboxTable.append(handle, event);
        handle.afterCommit(relay::nudge);
    }
}
