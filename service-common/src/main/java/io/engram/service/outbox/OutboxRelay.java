package io.engram.service.outbox;

import io.engram.service.fault.FaultPoints;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/**
 * Sends what is in the outbox, at least once, and takes out what Kafka has. It works on one thread of its own; in one
 * database schema one relay works at a time, however many processes there are. Of each key one event is under way at a
 * time, so that order holds whatever fails. While Kafka or the database is away it tries again, and nothing is lost.
 *
 * <p>{@link #nudge}, {@link #trouble} and {@link #isRunning} may be called from any thread; {@link #start} and {@link
 * #close} once.
 */
public final class OutboxRelay implements AutoCloseable {
    /** The fault point between sending and taking out. */
    public static final String PUBLISHED = "outbox.published";

    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
    private static final int BATCH = 100;
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final Jdbi jdbi;
    private final EventPublisher publisher;
    private final Topics topics;
    private final Duration pollInterval;
    private final FaultPoints faults;
    private final Semaphore nudges = new Semaphore(0);
    private final Thread thread = new Thread(this::run, "outbox-relay");
    private volatile boolean stopping;
    private volatile String trouble;

    /**
     * Makes a relay; it begins with {@link #start}.
     *
     * @param kafka settings of Kafka clients, {@code bootstrap.servers} among them
     * @param topics are made before the first event is sent
     * @param pollInterval how often it looks for events that nobody told it of
     * @param deliveryTimeout how long it waits for Kafka before it tries again
     */
    public OutboxRelay(
            Jdbi jdbi,
            Map<String, Object> kafka,
            Topics topics,
            Duration pollInterval,
            Duration deliveryTimeout,
            FaultPoints faults) {
        this.jdbi = jdbi;
        this.publisher = new EventPublisher(kafka, deliveryTimeout);
        this.topics = topics;
        this.pollInterval = pollInterval;
        this.faults = faults;
    }

    /** Begins to send. */
    public void start() {
        thread.start();
    }

    /** Says that there is something to send. */
    public void nudge() {
        nudges.release();
    }

    /** What keeps it from sending now, if anything does. */
    public Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** Whether its thread lives. */
    public boolean isRunning() {
        return thread.isAlive();
    }

    /** Sends what is there, as far as Kafka takes it, and ends. */
    @Override
    public void close() {
        stopping = true;
        nudge();
        try {
            thread.join(STOP_LIMIT.toMillis());
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("the outbox relay does not end; what is in the outbox is sent after the next start");
        }
    }

    private void run() {
        try (publisher) {
            while (!stopping) {
                sendAll();
                await(trouble == null ? pollInterval : RETRY);
            }
            if (trouble == null) {
                sendAll();
            }
        } catch (InterruptedException ended) {
            LOG.warn("the outbox relay was interrupted; what is in the outbox is sent after the next start");
        }
    }

    private void await(Duration limit) throws InterruptedException {
        if (!stopping && nudges.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            nudges.drainPermits();
        }
    }

    private void sendAll() throws InterruptedException {
        try {
            topics.createMissing();
            Round round = sendSome();
            while (round == Round.SENT) {
                recover();
                round = sendSome();
            }
            if (round == Round.NOTHING) {
                recover();
            }
        } catch (RuntimeException failed) {
            report(failed);
        }
    }

    /** Sends the oldest event of each key. */
    private Round sendSome() throws InterruptedException {
        return jdbi.inTransaction(handle -> {
            if (!OutboxTable.lockRelay(handle)) {
                return Round.NOTHING;
            }
            List<StoredEvent> events = OutboxTable.heads(handle, BATCH);
            if (events.isEmpty()) {
                return Round.NOTHING;
            }
            EventPublisher.Outcome outcome = publisher.publish(events);
            faults.reach(PUBLISHED);
            OutboxTable.delete(handle, outcome.published());
            if (outcome.trouble() != null) {
                report(outcome.trouble());
                return Round.FAILED;
            }
            return Round.SENT;
        });
    }

    private void report(Exception failed) {
        Throwable cause = failed.getCause() == null ? failed : failed.getCause();
        if (trouble == null) {
            LOG.warnf("events stay in the outbox, trying again: %s", cause);
        }
        trouble = cause.toString();
    }

    private void recover() {
        if (trouble != null) {
            LOG.info("events leave the outbox again");
            trouble = null;
        }
    }

    private enum Round {
        SENT,
        NOTHING,
        FAILED
    }
}
