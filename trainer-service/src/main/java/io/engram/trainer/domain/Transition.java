package io.engram.trainer.domain;

/** Every move a run can make: the whole table of its life. */
public enum Transition {
    /** A trainer takes a queued run. */
    CLAIM(RunStatus.QUEUED, RunStatus.RUNNING),
    /** A queued run is cancelled. */
    CANCEL_QUEUED(RunStatus.QUEUED, RunStatus.CANCELLED),
    /** Every task was learned. */
    SUCCEED(RunStatus.RUNNING, RunStatus.SUCCEEDED),
    /** Training ended with an error that would come again. */
    FAIL(RunStatus.RUNNING, RunStatus.FAILED),
    /** A running run stopped on request. */
    CANCEL_RUNNING(RunStatus.RUNNING, RunStatus.CANCELLED),
    /** Its trainer is asked to end, and lets another go on. */
    HAND_BACK(RunStatus.RUNNING, RunStatus.QUEUED),
    /** The attempt failed for a reason that may pass. */
    RETRY(RunStatus.RUNNING, RunStatus.QUEUED),
    /** Its trainer let the lease run out, and another goes on. */
    TAKE_OVER(RunStatus.RUNNING, RunStatus.RUNNING),
    /** Too many attempts were lost. */
    EXHAUST(RunStatus.RUNNING, RunStatus.FAILED);

    private final RunStatus from;
    private final RunStatus to;

    Transition(RunStatus from, RunStatus to) {
        this.from = from;
        this.to = to;
    }

    public RunStatus from() {
        return from;
    }

    public RunStatus to() {
        return to;
    }
}
