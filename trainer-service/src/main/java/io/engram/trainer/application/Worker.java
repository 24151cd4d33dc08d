package io.engram.trainer.application;

import io.engram.learning.dataset.Datasets;
import io.engram.learning.tensor.TensorEngine;
import io.engram.service.fault.FaultPoints;
import io.engram.trainer.domain.RunState;
import io.engram.trainer.domain.TrainingRun;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Takes runs from the queue and trains them, one at a time, on one thread that owns the tensor engine. Another thread
 * writes for it; see {@link Attempt}. {@link #start} and {@link #close} are called once, the rest from any thread.
 */
public final class Worker implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Worker.class);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final long TROUBLE_PAUSE_MILLIS = 1000;

    private final TrainerSettings settings;
    private final RunQueue queue;
    private final ComputeEngine engine;
    private final Leftovers leftovers;
    private final FaultPoints faults;
    private final RunExecution execution;
    private final Semaphore nudges = new Semaphore(0);
    private final Thread thread = new Thread(this::work, "trainer");
    private final ScheduledExecutorService writer =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "run-writer"));
    private volatile boolean stopping;
    private volatile Attempt current;
    private boolean swept;
    private boolean troubleLogged;

    /** A worker; it begins with {@link #start}. */
    public Worker(
            TrainerSettings settings,
            RunQueue queue,
            ComputeEngine engine,
            Datasets datasets,
            RunPlaces places,
            Leftovers leftovers,
            RunWatchers watchers,
            TrainingTotals totals,
            FaultPoints faults) {
        this.settings = settings;
        this.queue = queue;
        this.engine = engine;
        this.leftovers = leftovers;
        this.faults = faults;
        execution = new RunExecution(datasets, places, leftovers, watchers, settings, totals, faults);
    }

    /** Loads the engine and begins to take runs, in the background. */
    public void start() {
        thread.start();
    }

    /** Says that there may be a run to take. */
    public void runAccepted() {
        nudges.release();
    }

    /** Says that somebody asked for a run to be cancelled. */
    public void cancelRequested() {
        Attempt attempt = current;
        if (attempt != null && !stopping) {
            attempt.nudge();
        }
    }

    /** Whether it still works. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    /** Stops between two steps, with a checkpoint, gives the run back so that another trainer goes on at once, and waits for that. */
    @Override
    public void close() {
        stopping = true;
        nudges.release();
        Attempt attempt = current;
        if (attempt != null) {
            attempt.shutDown();
        }
        try {
            thread.join(STOP_LIMIT.toMillis());
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("the trainer does not end; its run is taken over when its lease ends");
        }
        writer.shutdown();
    }

    private void work() {
        TensorEngine loaded = engine.load();
        while (!stopping) {
            try {
                sweepOnce();
                if (!takeNext(loaded)) {
                    await(settings.poll().toMillis());
                }
                troubleLogged = false;
            } catch (InterruptedException ended) {
                return;
            } catch (RuntimeException trouble) {
                warnOnce(trouble);
            }
        }
    }

    private void sweepOnce() {
        if (!swept) {
            leftovers.sweep();
            swept = true;
        }
    }

    private boolean takeNext(TensorEngine loaded) {
        long claimedAt = System.nanoTime();
        Optional<TrainingRun> next = queue.claim(settings.owner());
        next.ifPresent(run -> {
            if (run.state() instanceof RunState.Running running) {
                train(run, running.attempt(), loaded, claimedAt);
            } else {
                LOG.warnf("run %s: its trainers were lost, and it is %s now", run.name(), run.state());
                leftovers.discard(run.name(), run.state().attempt());
            }
        });
        return next.isPresent();
    }

    private void train(TrainingRun run, int attemptNumber, TensorEngine loaded, long claimedAt) {
        Claim claim = new Claim(run.name(), attemptNumber, settings.owner());
        try (Attempt attempt = new Attempt(claim, queue, settings, faults, writer, claimedAt)) {
            current = attempt;
            if (stopping) {
                attempt.shutDown();
            }
            execution.execute(attempt, run, loaded);
        } finally {
            current = null;
        }
    }

    private void await(long millis) throws InterruptedException {
        if (nudges.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
            nudges.drainPermits();
        }
    }

    private void warnOnce(RuntimeException trouble) {
        if (!troubleLogged) {
            troubleLogged = true;
            LOG.warnf(trouble, "the queue of runs cannot be read, trying on: %s", trouble.getMessage());
        }
        try {
            await(TROUBLE_PAUSE_MILLIS);
        } catch (InterruptedException ended) {
            stopping = true;
        }
    }
}
