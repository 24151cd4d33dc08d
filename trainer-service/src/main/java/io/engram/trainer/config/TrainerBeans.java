package io.engram.trainer.config;

import io.engram.learning.artifact.ArtifactStore;
import io.engram.learning.dataset.Datasets;
import io.engram.learning.dataset.SampleStorage;
import io.engram.service.fault.FaultPoints;
import io.engram.service.outbox.Outbox;
import io.engram.trainer.application.Checkpoints;
import io.engram.trainer.application.ComputeEngine;
import io.engram.trainer.application.Leftovers;
import io.engram.trainer.application.Models;
import io.engram.trainer.application.ReplayMemories;
import io.engram.trainer.application.RunPlaces;
import io.engram.trainer.application.RunQueue;
import io.engram.trainer.application.RunStore;
import io.engram.trainer.application.RunSubmission;
import io.engram.trainer.application.RunWatchers;
import io.engram.trainer.application.Runs;
import io.engram.trainer.application.TrainerSettings;
import io.engram.trainer.application.TrainingTotals;
import io.engram.trainer.application.Worker;
import io.engram.trainer.artifact.CheckpointFolders;
import io.engram.trainer.artifact.FrozenModels;
import io.engram.trainer.event.RunEvents;
import io.engram.trainer.persistence.JdbiRunQueue;
import io.engram.trainer.persistence.JdbiRunStore;
import io.engram.trainer.replay.BufferAddress;
import io.engram.trainer.replay.BufferServiceMemories;
import io.engram.trainer.replay.InProcessMemories;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Puts the service together from its settings. */
final class TrainerBeans {
    @Produces
    @Singleton
    TrainerSettings settings(TrainerConfig config) {
        return new TrainerSettings(
                ProcessHandle.current().pid() + "-" + UUID.randomUUID(),
                config.lease(),
                config.heartBeat(),
                config.poll(),
                config.attemptLimit(),
                config.retryPause());
    }

    @Produces
    @Singleton
    Datasets datasets(TrainerConfig config) {
        return new Datasets(
                config.dataDir(),
                SampleStorage.of(config.dataMemoryBytes(), config.dataDeviceBytes(), config.scratchDir()));
    }

    @Produces
    @Singleton
    ComputeEngine engine(TrainerConfig config) {
        return new ComputeEngine(ComputeThreads.of(config.computeThreads()));
    }

    @Produces
    @Singleton
    Models models(TrainerConfig config) {
        return new FrozenModels(new ArtifactStore(config.artifactDir()));
    }

    @Produces
    @Singleton
    ReplayMemories memories(TrainerConfig config) {
        return switch (config.replay()) {
            case BUFFER_SERVICE ->
                new BufferServiceMemories(new BufferAddress(config.bufferAddress()), config.bufferTimeout());
            case IN_PROCESS -> new InProcessMemories(config.artifactDir().resolve("checkpoints"));
        };
    }

    @Produces
    @Singleton
    Checkpoints checkpoints(TrainerConfig config) {
        return new CheckpointFolders(config.artifactDir().resolve("checkpoints"));
    }

    @Produces
    @Singleton
    RunPlaces places(ReplayMemories memories, Models models, Checkpoints checkpoints) {
        return new RunPlaces(memories, models, checkpoints);
    }

    @Produces
    @Singleton
    Leftovers leftovers(RunStore store, RunPlaces places) {
        return new Leftovers(store, places);
    }

    @Produces
    @Singleton
    RunEvents events(Outbox outbox) {
        return new RunEvents(outbox);
    }

    @Produces
    @Singleton
    RunStore store(Jdbi jdbi, RunEvents events) {
        return new JdbiRunStore(jdbi, events);
    }

    @Produces
    @Singleton
    RunQueue queue(Jdbi jdbi, RunEvents events, TrainerSettings settings) {
        return new JdbiRunQueue(jdbi, events, settings.lease(), settings.attemptLimit());
    }

    @Produces
    @Singleton
    TrainingTotals totals() {
        return new TrainingTotals();
    }

    @Produces
    @Singleton
    Worker worker(
            TrainerSettings settings,
            RunQueue queue,
            ComputeEngine engine,
            Datasets datasets,
            RunPlaces places,
            Leftovers leftovers,
            RunWatchers watchers,
            TrainingTotals totals,
            FaultPoints faults) {
        return new Worker(settings, queue, engine, datasets, places, leftovers, watchers, totals, faults);
    }

    @Produces
    @Singleton
    RunSubmission submission(
            RunStore store, Datasets datasets, ComputeEngine engine, ReplayMemories memories, Worker worker) {
        return new RunSubmission(store, datasets, engine, memories, new RunIds()::next, worker::runAccepted);
    }

    @Produces
    @Singleton
    Runs runs(RunStore store, Leftovers leftovers, Worker worker) {
        return new Runs(store, leftovers, worker::cancelRequested);
    }

    @Produces
    @Singleton
    RunWatchers watchers(RunStore store, TrainerConfig config) {
        return new RunWatchers(store, config.watchInterval());
    }
}
