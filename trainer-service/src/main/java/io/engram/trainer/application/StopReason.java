package io.engram.trainer.application;

/** Why an attempt stops before its next step. */
enum StopReason {
    CANCELLED,
    LEASE_LOST,
    SHUTDOWN
}
