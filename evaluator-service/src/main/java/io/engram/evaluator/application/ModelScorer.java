package io.engram.evaluator.application;

import io.engram.evaluator.domain.ScoredModel;
import io.engram.evaluator.domain.TaskToEvaluate;

/** Scores frozen models. Called on the one thread that owns the tensor engine. */
public interface ModelScorer {
    /**
     * Scores a model on the test sets of the tasks up to its own, and of the next where it can be.
     *
     * @throws io.engram.proto.error.ApiException where the model is missing, corrupt, or of data that cannot be read here:
     *     trying again will not help
     * @throws java.io.UncheckedIOException where reading failed: trying again may help
     */
    ScoredModel score(TaskToEvaluate task) throws InterruptedException;
}
