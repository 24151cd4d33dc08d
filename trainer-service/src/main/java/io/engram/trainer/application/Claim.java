package io.engram.trainer.application;

import io.engram.proto.name.RunName;

/**
 * A trainer's hold on a run.
 *
 * @param attempt the fencing number: a later attempt makes this one void
 * @param owner the trainer process
 */
public record Claim(RunName run, int attempt, String owner) {}
