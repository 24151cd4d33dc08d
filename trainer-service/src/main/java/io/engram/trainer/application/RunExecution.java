package io.engram.trainer.application;

import io.engram.learning.dataset.Datasets;
import io.engram.learning.memory.ReplayMemoryException;
import io.engram.learning.run.RunCancelledException;
import io.engram.learning.run.RunSuspendedException;
import io.engram.learning.tensor.TensorEngine;
import io.engram.service.fault.FaultPoints;
import io.engram.trainer.domain.ResumePoint;
import io.engram.trainer.domain.RunChange;
import io.engram.trainer.domain.RunFailure;
import io.engram.trainer.domain.TrainingRun;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Trains one attempt of a run to its end, whatever the end is. Lives on the thread that trains. */
final class RunExecution {
    private static final Logger LOG = Logger.getLogger(RunExecution.class);

    private final RunBeginning beginning;
    private final Leftovers leftovers;
    private final RunWatchers watchers;
    private final TrainerSettings settings;
    private final TrainingTotals totals;
    private final FaultPoints faults;

    RunExecution(
            Datasets datasets,
            RunPlaces places,
            Leftovers leftovers,
            RunWatchers watchers,
            TrainerSettings settings,
            TrainingTotals totals,
            FaultPoints faults) {
        beginning = new RunBeginning(datasets, places, totals, faults);
        this.leftovers = leftovers;
        this.watchers = watchers;
        this.settings = settings;
        this.totals = totals;
        this.faults = faults;
    }

    /** Trains, and concludes the attempt. */
    void execute(Attempt attempt, TrainingRun run, TensorEngine engine) {
        Claim claim = attempt.claim();
        LOG.infof("run %s, attempt %d: started", claim.run(), claim.attempt());
        try {
            if (run.tasks().size() < run.taskCount()) {
                train(attempt, run, engine);
            }
            conclude(attempt, (running, now) -> running.succeed());
            LOG.infof("run %s, attempt %d: succeeded", claim.run(), claim.attempt());
        } catch (LeaseLostException lost) {
            givenUp(claim, lost);
        } catch (RunCancelledException | RunSuspendedException asked) {
            stopped(attempt);
        } catch (ReplayMemoryException trouble) {
            retry(attempt, Failures.of(trouble, claim));
        } catch (RuntimeException | OutOfMemoryError | LinkageError | StackOverflowError failed) {
            fail(attempt, Failures.of(failed, claim));
        }
    }

    private void train(Attempt attempt, TrainingRun run, TensorEngine engine) {
        RunBeginning.Begun begun = beginning.begin(attempt, run, engine);
        try {
            faults.reach(TrainerFaults.RESUMED);
            attempt.begin(begun.from());
            begun.from().ifPresent(from -> goesOn(attempt.claim(), from));
            begun.loop().run();
        } finally {
            RunBeginning.close(begun.run(), attempt.claim());
        }
    }

    private void goesOn(Claim claim, ResumePoint from) {
        totals.resumed();
        LOG.infof(
                "run %s, attempt %d: goes on from task %d, epoch %d, step %d",
                claim.run(), claim.attempt(), from.taskIndex(), from.epoch(), from.step());
    }

    /** Ends the attempt by a move of the run; where that ends the run, what it would have gone on from is removed. */
    private void conclude(Attempt attempt, RunQueue.Conclusion conclusion) {
        AtomicBoolean ended = new AtomicBoolean();
        attempt.conclude((running, now) -> {
            RunChange change = conclusion.of(running, now);
            ended.set(change.state().status().isEnd());
            return change;
        });
        watchers.lookNow();
        if (ended.get()) {
            leftovers.discard(attempt.claim().run(), attempt.claim().attempt());
        }
    }

    private static void givenUp(Claim claim, LeaseLostException lost) {
        LOG.warnf("run %s, attempt %d: given up: %s", claim.run(), claim.attempt(), lost.getMessage());
    }

    private void stopped(Attempt attempt) {
        Claim claim = attempt.claim();
        StopReason reason = attempt.stopReason().orElse(StopReason.LEASE_LOST);
        try {
            switch (reason) {
                case CANCELLED -> conclude(attempt, (running, now) -> running.cancel());
                case SHUTDOWN -> conclude(attempt, (running, now) -> running.handBack());
                case LEASE_LOST ->
                    LOG.warnf("run %s, attempt %d: stopped, its lease was lost", claim.run(), claim.attempt());
            }
            LOG.infof("run %s, attempt %d: stopped (%s)", claim.run(), claim.attempt(), reason);
        } catch (LeaseLostException lost) {
            givenUp(claim, lost);
        }
    }

    private void fail(Attempt attempt, RunFailure failure) {
        Claim claim = attempt.claim();
        LOG.warnf("run %s, attempt %d: failed: %s", claim.run(), claim.attempt(), failure.message());
        concludeWhereHeld(attempt, (running, now) -> running.fail(failure));
    }

    private void retry(Attempt attempt, RunFailure trouble) {
        Claim claim = attempt.claim();
        LOG.warnf("run %s, attempt %d: lost: %s", claim.run(), claim.attempt(), trouble.message());
        concludeWhereHeld(
                attempt,
                (running, now) -> running.retry(
                        trouble,
                        settings.attemptLimit(),
                        now.plus(settings.retryPause().multipliedBy(running.lostAttempts() + 1L))));
    }

    private void concludeWhereHeld(Attempt attempt, RunQueue.Conclusion conclusion) {
        try {
            conclude(attempt, conclusion);
        } catch (LeaseLostException lost) {
            givenUp(attempt.claim(), lost);
        }
    }
}
