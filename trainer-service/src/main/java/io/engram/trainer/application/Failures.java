package io.engram.trainer.application;

import io.engram.learning.dataset.DatasetUnavailableException;
import io.engram.learning.memory.ReplayMemoryException;
import io.engram.learning.run.InvalidRunSpecException;
import io.engram.learning.run.LossNotFiniteException;
import io.engram.learning.setting.Violation;
import io.engram.learning.tensor.DeviceUnavailableException;
import io.engram.proto.error.ErrorReason;
import io.engram.trainer.domain.RunFailure;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Why a run failed, from what was thrown. */
final class Failures {
    private static final Logger LOG = Logger.getLogger(Failures.class);

    private Failures() {}

    static RunFailure of(Throwable thrown, Claim claim) {
        if (thrown instanceof LossNotFiniteException) {
            return RunFailure.of(ErrorReason.LOSS_NOT_FINITE, thrown.getMessage());
        } else if (thrown instanceof ReplayMemoryException) {
            return RunFailure.of(ErrorReason.BUFFER_UNAVAILABLE, thrown.getMessage());
        } else if (thrown instanceof ModelNotWrittenException) {
            return RunFailure.of(ErrorReason.ARTIFACT_WRITE_FAILED, thrown.getMessage());
        } else if (thrown instanceof DatasetUnavailableException) {
            return RunFailure.of(ErrorReason.DATASET_UNAVAILABLE, thrown.getMessage());
        } else if (thrown instanceof DeviceUnavailableException) {
            return RunFailure.of(ErrorReason.DEVICE_UNAVAILABLE, thrown.getMessage());
        } else if (thrown instanceof InvalidRunSpecException refused) {
            return RunFailure.of(reason(refused.violations()), "here, the spec is refused: " + refused.getMessage());
        }
        String id = UUID.randomUUID().toString();
        LOG.errorf(thrown, "fault %s in %s, attempt %d", id, claim.run(), claim.attempt());
        return RunFailure.of(ErrorReason.INTERNAL, "a fault of the trainer; its log has more under the id " + id);
    }

    /** A spec that was accepted is refused where it runs: the place differs in its data or its devices. */
    private static ErrorReason reason(List<Violation> violations) {
        return switch (violations.get(0).field()) {
            case "scenario.dataset" -> ErrorReason.DATASET_UNAVAILABLE;
            case "device" -> ErrorReason.DEVICE_UNAVAILABLE;
            default -> ErrorReason.INVALID_RUN_SPEC;
        };
    }
}
