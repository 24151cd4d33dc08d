package io.engram.trainer.application;

import io.engram.learning.dataset.Datasets;
import io.engram.learning.memory.ReplayMemoryException;
import io.engram.learning.run.Run;
import io.engram.learning.run.RunCancelledException;
import io.engram.learning.run.RunFactory;
import io.engram.learning.run.RunSpec;
import io.engram.learning.run.TaskLoop;
import io.engram.learning.tensor.TensorEngine;
import io.engram.service.fault.FaultPoints;
import io.engram.trainer.domain.RunFailure;
import org.jboss.logging.Logger;

/** Trains one attempt of a run to its end, whatever the end is. Lives on the thread that trains. */
final class RunExecution {
    private static final Logger LOG = Logger.getLogger(RunExecution.class);

    private final Datasets datasets;
    private final ReplayMemories memories;
    private final Models models;
    private final TrainerSettings settings;
    private final TrainingTotals totals;
    private final FaultPoints faults;

    RunExecution(
            Datasets datasets,
            ReplayMemories memories,
            Models models,
            TrainerSettings settings,
            TrainingTotals totals,
            FaultPoints faults) {
        this.datasets = datasets;
        this.memories = memories;
        this.models = models;
        this.settings = settings;
        this.totals = totals;
        this.faults = faults;
    }

    /** Trains, and concludes the attempt. */
    void execute(Attempt attempt, RunSpec spec, TensorEngine engine) {
        Claim claim = attempt.claim();
        LOG.infof("run %s, attempt %d: started", claim.run(), claim.attempt());
        try {
            train(attempt, spec, engine);
            attempt.conclude((running, now) -> running.succeed());
            LOG.infof("run %s, attempt %d: succeeded", claim.run(), claim.attempt());
        } catch (LeaseLostException lost) {
            LOG.warnf("run %s, attempt %d: given up: %s", claim.run(), claim.attempt(), lost.getMessage());
        } catch (RunCancelledException asked) {
            stopped(attempt);
        } catch (ReplayMemoryException trouble) {
            retry(attempt, Failures.of(trouble, claim));
        } catch (RuntimeException | OutOfMemoryError | LinkageError | StackOverflowError failed) {
            fail(attempt, Failures.of(failed, claim));
        }
    }

    private void train(Attempt attempt, RunSpec spec, TensorEngine engine) {
        Claim claim = attempt.claim();
        Run run = new RunFactory(datasets, engine).create(spec, memories.of(claim.run(), claim.attempt()));
        try {
            new TaskLoop(run, new AttemptListener(attempt, run, models, totals, faults), System::nanoTime).run();
        } finally {
            close(run, claim);
        }
    }

    /** What a run made is kept whether or not its memory can be released. */
    private static void close(Run run, Claim claim) {
        try {
            run.close();
        } catch (ReplayMemoryException left) {
            LOG.warnf(
                    "run %s, attempt %d: its replay memory was not released: %s",
                    claim.run(), claim.attempt(), left.getMessage());
        }
    }

    private static void stopped(Attempt attempt) {
        Claim claim = attempt.claim();
        StopReason reason = attempt.stopReason().orElse(StopReason.LEASE_LOST);
        try {
            switch (reason) {
                case CANCELLED -> attempt.conclude((running, now) -> running.cancel());
                case SHUTDOWN -> attempt.conclude((running, now) -> running.handBack());
                case LEASE_LOST ->
                    LOG.warnf("run %s, attempt %d: stopped, its lease was lost", claim.run(), claim.attempt());
            }
            LOG.infof("run %s, attempt %d: stopped (%s)", claim.run(), claim.attempt(), reason);
        } catch (LeaseLostException lost) {
            LOG.warnf("run %s, attempt %d: given up: %s", claim.run(), claim.attempt(), lost.getMessage());
        }
    }

    private static void fail(Attempt attempt, RunFailure failure) {
        Claim claim = attempt.claim();
        LOG.warnf("run %s, attempt %d: failed: %s", claim.run(), claim.attempt(), failure.message());
        try {
            attempt.conclude((running, now) -> running.fail(failure));
        } catch (LeaseLostException lost) {
            LOG.warnf("run %s, attempt %d: given up: %s", claim.run(), claim.attempt(), lost.getMessage());
        }
    }

    private void retry(Attempt attempt, RunFailure trouble) {
        Claim claim = attempt.claim();
        LOG.warnf("run %s, attempt %d: lost: %s", claim.run(), claim.attempt(), trouble.message());
        try {
            attempt.conclude((running, now) -> running.retry(
                    trouble,
                    settings.attemptLimit(),
                    now.plus(settings.retryPause().multipliedBy(running.lostAttempts() + 1L))));
        } catch (LeaseLostException lost) {
            LOG.warnf("run %s, attempt %d: given up: %s", claim.run(), claim.attempt(), lost.getMessage());
        }
    }
}
