package io.engram.trainer.application;

import io.engram.proto.error.ApiException;
import io.engram.proto.error.ErrorReason;
import io.engram.proto.name.RunName;
import io.engram.trainer.domain.TrainingRun;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Tells watchers when their run moved on, whichever trainer has it: one thread looks at the rows of all watched runs a few
 * times a second, and at none while nobody watches. {@link #watch}, {@link #lookNow} and {@link Watch#end} may be called from any
 * thread.
 */
public final class RunWatchers implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(RunWatchers.class);
    private static final int FAILURES_BORNE = 40;

    private final RunStore store;
    private final List<Watch> watches = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "run-watchers"));
    private int failures;

    /** @param interval between two looks */
    public RunWatchers(RunStore store, Duration interval) {
        this.store = store;
        thread.scheduleWithFixedDelay(this::look, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Begins to watch; the watcher gets the run as it is now at once. */
    public Watch watch(RunName name, RunWatcher watcher) {
        Watch watch = new Watch(name, watcher);
        watches.add(watch);
        thread.execute(this::look);
        return watch;
    }

    /** Looks now and not only at the next interval, since this process has moved a run on. Does nothing once this is closed. */
    public void lookNow() {
        try {
            thread.execute(this::look);
        } catch (RejectedExecutionException closed) {
            LOG.debug("closed, nobody watches");
        }
    }

    /** How many watch. */
    public int size() {
        return watches.size();
    }

    private void look() {
        if (watches.isEmpty()) {
            return;
        }
        try {
            Set<RunName> names = new HashSet<>();
            watches.forEach(watch -> names.add(watch.name));
            tell(store.revisions(names));
            failures = 0;
        } catch (RuntimeException trouble) {
            failures++;
            if (failures == 1 || failures > FAILURES_BORNE) {
                LOG.warnf("watched runs cannot be read: %s", trouble.getMessage());
            }
            if (failures > FAILURES_BORNE) {
                fail(trouble);
            }
        }
    }

    private void tell(Map<RunName, Long> revisions) {
        Map<RunName, TrainingRun> read = new HashMap<>();
        for (Watch watch : watches) {
            Long revision = revisions.get(watch.name);
            if (revision == null) {
                watch.end();
                watch.watcher.failed(Runs.notFound(watch.name));
            } else if (revision != watch.told && watch.watcher.isReady()) {
                watch.tell(read.computeIfAbsent(
                        watch.name, name -> store.find(name).orElseThrow()));
            }
        }
    }

    private void fail(RuntimeException trouble) {
        for (Watch watch : watches) {
            watch.end();
            watch.watcher.failed(ApiException.of(
                    ErrorReason.UNAVAILABLE, "the run cannot be read now; watch it again later", trouble));
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        for (Watch watch : watches) {
            watch.end();
            watch.watcher.failed(
                    ApiException.of(ErrorReason.UNAVAILABLE, "this trainer is ending; watch the run again"));
        }
    }

    /** One watcher of one run. */
    public final class Watch {
        private final RunName name;
        private final RunWatcher watcher;
        private long told;

        private Watch(RunName name, RunWatcher watcher) {
            this.name = name;
            this.watcher = watcher;
        }

        private void tell(TrainingRun run) {
            told = run.revision();
            watcher.changed(run);
            if (run.state().status().isEnd()) {
                end();
                watcher.ended();
            }
        }

        /** Nobody watches any more. */
        public void end() {
            watches.remove(this);
        }
    }
}
