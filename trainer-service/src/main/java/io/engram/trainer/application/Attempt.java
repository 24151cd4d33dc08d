package io.engram.trainer.application;

import io.engram.learning.run.CurvePoint;
import io.engram.learning.run.Progress;
import io.engram.proto.error.ApiException;
import io.engram.proto.error.ErrorReason;
import io.engram.service.fault.FaultPoints;
import io.engram.trainer.application.RunQueue.Hold;
import io.engram.trainer.domain.LearnedTask;
import io.engram.trainer.domain.ResumePoint;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * One attempt at a run, as its trainer holds it: keeps the lease alive, writes progress and results, and notices when it
 * must stop. Everything it writes is written by one thread, so that a slow database does not slow training; the thread that
 * trains waits for it only between tasks.
 */
final class Attempt implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Attempt.class);
    private static final long RETRY_MILLIS = 200;

    private final Claim claim;
    private final RunQueue queue;
    private final TrainerSettings settings;
    private final FaultPoints faults;
    private final ScheduledExecutorService writer;
    private final AtomicReference<Progress> newest = new AtomicReference<>();
    private final Future<?> ticking;

    private volatile StopReason stop;
    private volatile long leaseEnd;
    /** Lives on the writer. */
    private long lastSignOfLife;

    private boolean troubleLogged;

    /**
     * Holds a run that was just claimed.
     *
     * @param claimedAt {@link System#nanoTime} before it was claimed
     * @param writer a single thread
     */
    Attempt(
            Claim claim,
            RunQueue queue,
            TrainerSettings settings,
            FaultPoints faults,
            ScheduledExecutorService writer,
            long claimedAt) {
        this.claim = claim;
        this.queue = queue;
        this.settings = settings;
        this.faults = faults;
        this.writer = writer;
        lastSignOfLife = claimedAt;
        leaseEnd = claimedAt + settings.lease().toNanos();
        long poll = settings.poll().toMillis();
        ticking = writer.scheduleWithFixedDelay(this::tick, poll, poll, TimeUnit.MILLISECONDS);
    }

    Claim claim() {
        return claim;
    }

    /** Why it must stop before its next step, if it must. Quick; any thread. */
    Optional<StopReason> stopReason() {
        if (stop != StopReason.LEASE_LOST && System.nanoTime() - leaseEnd >= 0) {
            stop = StopReason.LEASE_LOST;
        }
        return Optional.ofNullable(stop);
    }

    /** The process ends. Any thread. */
    void shutDown() {
        if (stop == null) {
            stop = StopReason.SHUTDOWN;
        }
    }

    /** Looks now whether somebody asked to cancel. Any thread. */
    void nudge() {
        writer.execute(this::tick);
    }

    /** Shows how far the run is, soon. On the thread that trains; does not wait. */
    void progressed(Progress progress) {
        newest.set(progress);
    }

    /**
     * Says where the attempt begins, and waits until that is done.
     *
     * @param from empty for the first task
     * @throws LeaseLostException where the run is another trainer's by now
     */
    void begin(Optional<ResumePoint> from) {
        write("the beginning of the attempt", () -> queue.begin(claim, from));
    }

    /**
     * Keeps what a task gave, and waits until that is done.
     *
     * @throws LeaseLostException where the run is another trainer's by now
     */
    void complete(LearnedTask task, List<CurvePoint> curve, Progress progress) {
        write("what task " + task.index() + " gave", () -> {
            newest.set(null);
            return queue.complete(claim, task, curve, progress);
        });
    }

    /**
     * Ends the attempt by a move of the run, and waits until that is done.
     *
     * @throws LeaseLostException where the run is another trainer's by now
     */
    void conclude(RunQueue.Conclusion conclusion) {
        write("the end of the attempt", () -> queue.conclude(claim, conclusion));
    }

    /** Lets go: no further sign of life. What was not concluded is taken over when the lease ends. */
    @Override
    public void close() {
        ticking.cancel(false);
    }

    private void tick() {
        if (ticking != null && ticking.isCancelled()) {
            return;
        }
        faults.reach(TrainerFaults.SIGN_OF_LIFE);
        Progress progress = newest.getAndSet(null);
        long before = System.nanoTime();
        boolean due = before - lastSignOfLife >= settings.heartBeat().toNanos();
        try {
            if (progress != null || due) {
                note(queue.renew(claim, Optional.ofNullable(progress)));
                renewed(before);
            } else {
                note(queue.look(claim));
            }
            troubleLogged = false;
        } catch (RuntimeException trouble) {
            newest.compareAndSet(null, progress);
            warnOnce("the lease cannot be renewed", trouble);
        }
    }

    private void note(Hold hold) {
        if (hold == Hold.LOST) {
            stop = StopReason.LEASE_LOST;
        } else if (hold == Hold.CANCEL_REQUESTED && stop == null) {
            stop = StopReason.CANCELLED;
        }
    }

    private void renewed(long at) {
        lastSignOfLife = at;
        leaseEnd = at + settings.lease().toNanos();
    }

    private void write(String what, BooleanSupplier attempt) {
        try {
            writer.submit(() -> insist(what, attempt)).get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new LeaseLostException("interrupted while writing " + what);
        }
    }

    /** Tries again while the store does not answer, as long as the lease lasts. */
    private void insist(String what, BooleanSupplier attempt) {
        while (stopReason().filter(StopReason.LEASE_LOST::equals).isEmpty()) {
            long before = System.nanoTime();
            try {
                if (!attempt.getAsBoolean()) {
                    stop = StopReason.LEASE_LOST;
                    break;
                }
                renewed(before);
                return;
            } catch (ApiException trouble) {
                if (trouble.reason() != ErrorReason.UNAVAILABLE) {
                    throw trouble;
                }
                warnOnce("cannot write " + what, trouble);
                pause();
            }
        }
        throw new LeaseLostException(claim.run() + " is no longer this trainer's: " + what + " was not written");
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new LeaseLostException("interrupted while waiting for the store");
        }
    }

    private void warnOnce(String what, RuntimeException trouble) {
        if (!troubleLogged) {
            troubleLogged = true;
            LOG.warnf("%s, attempt %d: %s, trying on: %s", claim.run(), claim.attempt(), what, trouble.getMessage());
        }
    }
}
