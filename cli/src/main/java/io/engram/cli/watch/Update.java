package io.engram.cli.watch;

import io.engram.proto.evaluator.v1.Evaluation;
import io.engram.proto.evaluator.v1.EvaluationFailure;
import io.engram.proto.trainer.v1.Run;
import io.grpc.StatusRuntimeException;
import java.util.Optional;

/** Something that one of the two streams said. */
sealed interface Update {
    /** The two streams. */
    enum Stream {
        TRAINING,
        EVALUATION
    }

    /** The run moved on. */
    record Trained(Run run) implements Update {}

    /** An evaluation was stored. */
    record Evaluated(Evaluation evaluation) implements Update {}

    /** A model could not be scored. */
    record Failed(EvaluationFailure failure) implements Update {}

    /**
     * A stream has ended.
     *
     * @param failure why; empty where it was complete
     */
    record Ended(Stream stream, Optional<StatusRuntimeException> failure) implements Update {}
}
