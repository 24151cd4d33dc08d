package io.engram.evaluator.event;

import io.engram.evaluator.config.EvaluatorConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The one thread of the process that evaluates, and that so owns the tensor engine. When the service stops, what is under
 * way is finished, and nothing new begins.
 */
@Singleton
public class EvaluationThread {
    private static final Logger LOG = Logger.getLogger(EvaluationThread.class);
    /** Before the outbox stops, which sends what the last evaluation leaves there. */
    private static final int FIRST = 1;

    private final ExecutorService executor = Executors.newSingleThreadExecutor(task -> new Thread(task, "evaluation"));
    private final EvaluatorConfig config;
    private volatile boolean stopping;

    /** @param config how long to wait when the service stops */
    public EvaluationThread(EvaluatorConfig config) {
        this.config = config;
    }

    /** Does something on the thread. Where the service is stopping, the result never comes. */
    public <T> Uni<T> call(Callable<T> work) {
        return Uni.createFrom().emitter(emitter -> {
            try {
                executor.execute(() -> {
                    try {
                        emitter.complete(work.call());
                    } catch (InterruptedException stopped) {
                        LOG.info("an evaluation was given up; its event comes again after the next start");
                    } catch (Exception failed) {
                        emitter.fail(failed);
                    }
                });
            } catch (RejectedExecutionException stopped) {
                LOG.debug("stopping, an event is left for the next start");
            }
        });
    }

    /** Waits before a new try. */
    public void pause(long millis) throws InterruptedException {
        if (stopping) {
            throw new InterruptedException();
        }
        TimeUnit.MILLISECONDS.sleep(millis);
        if (stopping) {
            throw new InterruptedException();
        }
    }

    void stop(@Observes @Priority(FIRST) ShutdownEvent event) throws InterruptedException {
        stopping = true;
        executor.shutdown();
        if (!executor.awaitTermination(config.stopWait().toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warnf("the evaluation under way takes longer than %s and is given up", config.stopWait());
            executor.shutdownNow();
        }
    }
}
