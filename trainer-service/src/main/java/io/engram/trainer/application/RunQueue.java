package io.engram.trainer.application;

import io.engram.learning.run.CurvePoint;
import io.engram.learning.run.Progress;
import io.engram.proto.error.ApiException;
import io.engram.trainer.domain.LearnedTask;
import io.engram.trainer.domain.ResumePoint;
import io.engram.trainer.domain.RunChange;
import io.engram.trainer.domain.RunState;
import io.engram.trainer.domain.TrainingRun;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The queue of runs as trainers see it. Every write of a trainer names its {@link Claim}; where another trainer has the
 * run by now, nothing is written. Used from any thread. Every method throws {@link ApiException} UNAVAILABLE where the
 * store does not answer; trying again may help then.
 */
public interface RunQueue {
    /**
     * Takes the oldest run that is queued or whose lease ran out.
     *
     * @return the run, either held by this owner from now on, or ended because too many attempts were lost or because its
     *     lost trainer had been asked to cancel it; empty where there is nothing to do
     */
    Optional<TrainingRun> claim(String owner);

    /**
     * Says where an attempt begins: what was learned from there on is not the run's any more, until it is learned again.
     *
     * @param from empty for the first task
     * @return whether the claim still held
     */
    boolean begin(Claim claim, Optional<ResumePoint> from);

    /** Makes the lease last from now on, and shows how far the run is. */
    Hold renew(Claim claim, Optional<Progress> progress);

    /** Whether the claim still holds; writes nothing. */
    Hold look(Claim claim);

    /**
     * Keeps what a task gave and the event that tells of it, in one transaction. Doing so again changes nothing; and where an
     * earlier attempt told of the same model, it is not told again.
     *
     * @return whether the claim still held
     */
    boolean complete(Claim claim, LearnedTask task, List<CurvePoint> curve, Progress progress);

    /**
     * Ends the claim by a move of the run.
     *
     * @return whether the claim still held
     */
    boolean conclude(Claim claim, Conclusion conclusion);

    /** What a claim is worth now. */
    enum Hold {
        HELD,
        CANCEL_REQUESTED,
        LOST
    }

    /** The move that ends a claim. */
    @FunctionalInterface
    interface Conclusion {
        /** @param now by the clock of the store */
        RunChange of(RunState.Running running, Instant now);
    }
}
