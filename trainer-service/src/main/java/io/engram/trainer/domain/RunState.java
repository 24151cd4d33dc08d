package io.engram.trainer.domain;

import io.engram.proto.error.ErrorReason;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a run is in its life. Each state offers the moves that are legal from it and no other; {@link Transition} lists
 * them all.
 */
public sealed interface RunState {
    /** How often the run was started. It grows with every claim, and so tells the trainers of a run apart. */
    int attempt();

    RunStatus status();

    /**
     * Waiting for a trainer.
     *
     * @param lostAttempts attempts that ended without being handed back
     * @param notBefore when it may be claimed; at once where empty
     */
    record Queued(int attempt, int lostAttempts, Optional<Instant> notBefore) implements RunState {
        /** A run that was just accepted. */
        public static Queued first() {
            return new Queued(0, 0, Optional.empty());
        }

        @Override
        public RunStatus status() {
            return RunStatus.QUEUED;
        }

        public RunChange claim(Lease lease) {
            return new RunChange(Transition.CLAIM, new Running(attempt + 1, lostAttempts, lease));
        }

        public RunChange cancel() {
            return new RunChange(Transition.CANCEL_QUEUED, new Cancelled(attempt));
        }
    }

    /**
     * A trainer holds its lease.
     *
     * @param lostAttempts attempts before this one that ended without being handed back
     */
    record Running(int attempt, int lostAttempts, Lease lease) implements RunState {
        @Override
        public RunStatus status() {
            return RunStatus.RUNNING;
        }

        public RunChange succeed() {
            return new RunChange(Transition.SUCCEED, new Succeeded(attempt));
        }

        public RunChange fail(RunFailure failure) {
            return new RunChange(Transition.FAIL, new Failed(attempt, failure));
        }

        public RunChange cancel() {
            return new RunChange(Transition.CANCEL_RUNNING, new Cancelled(attempt));
        }

        /** Back into the queue without counting as a lost attempt. */
        public RunChange handBack() {
            return new RunChange(Transition.HAND_BACK, new Queued(attempt, lostAttempts, Optional.empty()));
        }

        /**
         * Go on after a pause, or fail where that was the last attempt.
         *
         * @param trouble why this attempt failed
         * @param attemptLimit how many attempts may be lost
         */
        public RunChange retry(RunFailure trouble, int attemptLimit, Instant notBefore) {
            int lost = lostAttempts + 1;
            return lost < attemptLimit
                    ? new RunChange(Transition.RETRY, new Queued(attempt, lost, Optional.of(notBefore)))
                    : new RunChange(Transition.EXHAUST, new Failed(attempt, trouble));
        }

        /** Another trainer goes on because this one's lease ran out, or the run fails where that was the last attempt. */
        public RunChange takeOver(Lease next, int attemptLimit) {
            int lost = lostAttempts + 1;
            if (lost < attemptLimit) {
                return new RunChange(Transition.TAKE_OVER, new Running(attempt + 1, lost, next));
            }
            RunFailure failure = RunFailure.of(
                    ErrorReason.ATTEMPTS_EXHAUSTED,
                    lost + " attempts were lost with their trainers, the last one (" + attempt + ") with "
                            + lease.owner() + "; see the trainers' logs for what ended them");
            return new RunChange(Transition.EXHAUST, new Failed(attempt, failure));
        }
    }

    /** Every task was learned. */
    record Succeeded(int attempt) implements RunState {
        @Override
        public RunStatus status() {
            return RunStatus.SUCCEEDED;
        }
    }

    /** It ended with an error. */
    record Failed(int attempt, RunFailure failure) implements RunState {
        @Override
        public RunStatus status() {
            return RunStatus.FAILED;
        }
    }

    /** It was stopped on request. */
    record Cancelled(int attempt) implements RunState {
        @Override
        public RunStatus status() {
            return RunStatus.CANCELLED;
        }
    }
}
