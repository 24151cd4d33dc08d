package io.engram.trainer.application;

import io.engram.learning.checkpoint.Checkpoint;
import io.engram.learning.checkpoint.CheckpointStore;
import io.engram.learning.checkpoint.CorruptCheckpointException;
import io.engram.learning.dataset.Dataset;
import io.engram.learning.dataset.Datasets;
import io.engram.learning.memory.ReplayMemoryException;
import io.engram.learning.memory.ReplayVersionException;
import io.engram.learning.run.Run;
import io.engram.learning.run.RunFactory;
import io.engram.learning.run.TaskLoop;
import io.engram.learning.tensor.TensorEngine;
import io.engram.service.fault.FaultPoints;
import io.engram.trainer.domain.ResumePoint;
import io.engram.trainer.domain.TrainingRun;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Assembles the run of an attempt and puts it where it begins: at the newest checkpoint that can be used, or before the first
 * task. A checkpoint cannot be used where it, or the version of the memory that it names, is damaged, gone or of another program;
 * nor where it is ahead of the tasks that are known as learned, since the event of the task between would be lost. Lives on the
 * thread that trains.
 */
final class RunBeginning {
    private static final Logger LOG = Logger.getLogger(RunBeginning.class);

    private final Datasets datasets;
    private final RunPlaces places;
    private final TrainingTotals totals;
    private final FaultPoints faults;

    RunBeginning(Datasets datasets, RunPlaces places, TrainingTotals totals, FaultPoints faults) {
        this.datasets = datasets;
        this.places = places;
        this.totals = totals;
        this.faults = faults;
    }

    /**
     * Where an attempt begins.
     *
     * @param run the caller closes it
     * @param loop goes on from there
     * @param from empty for the first task
     */
    record Begun(Run run, TaskLoop loop, Optional<ResumePoint> from) {}

    /**
     * Assembles the run; nothing is written yet.
     *
     * @throws ReplayMemoryException where the memory cannot be reached; trying again may help then
     */
    Begun begin(Attempt attempt, TrainingRun run, TensorEngine engine) {
        CheckpointStore store =
                places.checkpoints().of(attempt.claim().run(), attempt.claim().attempt());
        for (CheckpointStore.Kept kept : newestFirst(store, attempt.claim())) {
            Optional<Begun> begun = from(kept, store, attempt, run, engine);
            if (begun.isPresent()) {
                return begun.get();
            }
        }
        return assemble(attempt, run, engine, store, Optional.empty());
    }

    private static List<CheckpointStore.Kept> newestFirst(CheckpointStore store, Claim claim) {
        try {
            return store.newestFirst();
        } catch (UncheckedIOException refused) {
            LOG.warnf("run %s, attempt %d: %s", claim.run(), claim.attempt(), refused.getMessage());
            return List.of();
        }
    }

    private Optional<Begun> from(
            CheckpointStore.Kept kept, CheckpointStore store, Attempt attempt, TrainingRun run, TensorEngine engine) {
        Claim claim = attempt.claim();
        try {
            Checkpoint checkpoint = kept.read();
            int learned = run.tasks().size();
            if (checkpoint.position().task() > learned) {
                LOG.infof(
                        "run %s, attempt %d: %s is passed over: it follows task %d, which was not told yet",
                        claim.run(), claim.attempt(), kept, learned);
                return Optional.empty();
            }
            Begun begun = assemble(attempt, run, engine, store, Optional.of(checkpoint));
            store.goOnFrom(kept);
            warnOfOtherThreads(claim, checkpoint, engine);
            return Optional.of(begun);
        } catch (CorruptCheckpointException | ReplayVersionException | UncheckedIOException unusable) {
            LOG.warnf(
                    "run %s, attempt %d: a checkpoint cannot be used: %s",
                    claim.run(), claim.attempt(), unusable.getMessage());
        } catch (ReplayMemoryException unreachable) {
            throw unreachable;
        } catch (RuntimeException unfit) {
            LOG.warnf(unfit, "run %s, attempt %d: %s cannot be used", claim.run(), claim.attempt(), kept);
        }
        return Optional.empty();
    }

    private static void warnOfOtherThreads(Claim claim, Checkpoint checkpoint, TensorEngine engine) {
        if (checkpoint.hasOtherComputeThreads(engine.threads())) {
            LOG.warnf(
                    "run %s, attempt %d: goes on with %d compute threads from a checkpoint made with %s: its results may differ"
                            + " in their last bits from those of an undisturbed run; the provenance of its models names both",
                    claim.run(),
                    claim.attempt(),
                    engine.threads(),
                    checkpoint.computeThreads().get(checkpoint.computeThreads().size() - 1));
        }
    }

    private Begun assemble(
            Attempt attempt,
            TrainingRun of,
            TensorEngine engine,
            CheckpointStore store,
            Optional<Checkpoint> checkpoint) {
        Claim claim = attempt.claim();
        read(of, claim);
        Run run = new RunFactory(datasets, engine)
                .create(of.spec(), places.memories().of(claim.run(), claim.attempt()));
        try {
            AttemptListener listener = new AttemptListener(attempt, run, places.models(), store, totals, faults);
            TaskLoop loop = new TaskLoop(run, listener, System::nanoTime);
            checkpoint.ifPresent(loop::restore);
            checkpoint.ifPresent(listener::goesOnFrom);
            return new Begun(run, loop, checkpoint.map(RunBeginning::place));
        } catch (RuntimeException | Error failed) {
            close(run, claim);
            throw failed;
        }
    }

    /** Reading many images takes its time, which is not the run's. */
    private void read(TrainingRun run, Claim claim) {
        Dataset dataset = datasets.load(run.spec().scenario().dataset());
        if (!dataset.isRead()) {
            long start = System.nanoTime();
            dataset.read();
            LOG.infof(
                    "run %s, attempt %d: read %s in %.1f s",
                    claim.run(), claim.attempt(), dataset.name(), (System.nanoTime() - start) / 1e9);
        }
    }

    private static ResumePoint place(Checkpoint checkpoint) {
        return new ResumePoint(
                checkpoint.position().task(),
                checkpoint.position().epoch(),
                checkpoint.totals().step());
    }

    /** What a run made is kept whether or not its memory can be released. */
    static void close(Run run, Claim claim) {
        try {
            run.close();
        } catch (ReplayMemoryException left) {
            LOG.warnf(
                    "run %s, attempt %d: its replay memory was not released: %s",
                    claim.run(), claim.attempt(), left.getMessage());
        }
    }
}
