package io.engram.service.outbox;

import io.engram.proto.event.EngramEvent;
import io.engram.proto.event.EventAttributes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The statements on the table {@code outbox}. */
final class OutboxTable {
    /** First part of the advisory locks: the one relay of a schema, the one writer of a key. */
    private static final int RELAY_LOCK = 0x656e6701;

    private static final int KEY_LOCK = 0x656e6702;

    private OutboxTable() {}

    static void append(Handle handle, EngramEvent event) {
        // Until the commit, nobody else appends with this key: so the order of the sequence is the order of commits.
        handle.createQuery("select 1 from pg_advisory_xact_lock(:lock, hashtext(:key))")
                .bind("lock", KEY_LOCK)
                .bind("key", event.key())
                .mapTo(Integer.class)
                .one();
        EventAttributes attributes = event.attributes();
        handle.createUpdate("insert into outbox (event_id, topic, key, source, subject, time, payload)"
                        + " values (:id, :topic, :key, :source, :subject, :time, :payload)")
                .bind("id", attributes.id())
                .bind("topic", attributes.type())
                .bind("key", event.key())
                .bind("source", attributes.source())
                .bind("subject", attributes.subject())
                .bind("time", attributes.time().toString())
                .bind("payload", event.payload())
                .execute();
    }

    /** Makes this transaction the one relay of the schema; false where another is. */
    static boolean lockRelay(Handle handle) {
        return handle.createQuery("select pg_try_advisory_xact_lock(:lock, hashtext(current_schema()))")
                .bind("lock", RELAY_LOCK)
                .mapTo(Boolean.class)
                .one();
    }

    /** The oldest event of each key, oldest first. */
    static List<StoredEvent> heads(Handle handle, int limit) {
        return handle.createQuery("select * from outbox event where not exists (select 1 from outbox earlier"
                        + " where earlier.key = event.key and earlier.sequence < event.sequence)"
                        + " order by sequence limit :limit")
                .bind("limit", limit)
                .map((row, context) -> stored(row))
                .list();
    }

    static void delete(Handle handle, List<Long> sequences) {
        handle.createUpdate("delete from outbox where sequence = any(:sequences)")
                .bindArray("sequences", Long.class, sequences)
                .execute();
    }

    /** How long the oldest event has been waiting, by the clock of the database. */
    static Optional<Duration> oldestAge(Handle handle) {
        return handle.createQuery("select extract(epoch from now() - min(append_time)) from outbox")
                .mapTo(Double.class)
                .findOne()
                .map(seconds -> Duration.ofMillis((long) (1000 * seconds)));
    }

    private static StoredEvent stored(ResultSet row) throws SQLException {
        EventAttributes attributes = new EventAttributes(
                row.getString("event_id"),
                row.getString("topic"),
                row.getString("source"),
                row.getString("subject"),
                Instant.parse(row.getString("time")));
        return new StoredEvent(row.getLong("sequence"), row.getString("key"), attributes, row.getString("payload"));
    }
}
