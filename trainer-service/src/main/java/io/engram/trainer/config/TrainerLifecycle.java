package io.engram.trainer.config;

import io.engram.trainer.application.ReplayMemories;
import io.engram.trainer.application.RunWatchers;
import io.engram.trainer.application.Worker;
import io.engram.trainer.replay.BufferServiceMemories;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Starts the worker with the service, and stops it before what it needs: the outbox, Kafka, the database. */
@Singleton
final class TrainerLifecycle {
    private static final int FIRST = 1;

    private final Worker worker;
    private final RunWatchers watchers;
    private final ReplayMemories memories;

    TrainerLifecycle(Worker worker, RunWatchers watchers, ReplayMemories memories) {
        this.worker = worker;
        this.watchers = watchers;
        this.memories = memories;
    }

    void start(@Observes StartupEvent event) {
        worker.start();
    }

    void stop(@Observes @Priority(FIRST) ShutdownEvent event) {
        worker.close();
        watchers.close();
        if (memories instanceof BufferServiceMemories remote) {
            remote.close();
        }
    }
}
