package io.engram.cli.view;

import io.engram.proto.evaluator.v1.GetAccuracyMatrixResponse;
import io.engram.proto.evaluator.v1.Summary;
import io.engram.proto.trainer.v1.GetTrainingCurvesResponse;
import io.engram.proto.trainer.v1.Run;

/** Everything that is known of a run. */
public record Results(Run run, GetTrainingCurvesResponse curves, GetAccuracyMatrixResponse matrix, Summary summary) {
    /** Seconds inside the training loop, waiting for replay included. */
    public double trainSeconds() {
        return run.getTrainingTime().getSeconds() + run.getTrainingTime().getNanos() / 1e9;
    }
}
