package io.engram.trainer.application;

import io.engram.learning.run.RunSpec;
import io.engram.proto.error.FieldViolation;
import java.util.List;

/**
 * A request for a run as the edge read it.
 *
 * @param requestId empty where the client gave none
 * @param fingerprint the same for the same spec, and for no other
 * @param violations what the edge already refuses
 */
public record Submission(
        String requestId, String fingerprint, String displayName, RunSpec spec, List<FieldViolation> violations) {
    public Submission {
        violations = List.copyOf(violations);
    }
}
