package io.engram.trainer.domain;

import java.time.Instant;

/**
 * A trainer's right to work on a run.
 *
 * @param owner the trainer process
 * @param until when it ends unless renewed, by the database's clock
 */
public record Lease(String owner, Instant until) {}
