package io.engram.trainer.application;

import io.engram.learning.run.RunSpec;
import io.engram.proto.name.RunName;

/**
 * A run that is accepted now.
 *
 * @param requestId the client's id of its request; empty where it gave none
 * @param fingerprint of the spec as it was sent
 * @param spec every default filled in
 */
public record NewRun(
        RunName name, String requestId, String fingerprint, String displayName, RunSpec spec, int taskCount) {}
