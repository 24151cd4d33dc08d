package io.engram.cli.watch;

import io.engram.proto.evaluator.v1.Evaluation;
import io.engram.proto.evaluator.v1.EvaluationFailure;
import io.engram.proto.trainer.v1.Run;

/** Shows how a run gets on. Used by one thread. */
public interface ProgressView extends AutoCloseable {
    void trained(Run run);

    void evaluated(Evaluation evaluation);

    /** A model could not be scored. */
    void failed(EvaluationFailure failure);

    /** Something that people should know, which stops nothing. */
    void note(String message);

    @Override
    void close();

    /** Shows nothing. */
    static ProgressView silent() {
        return new ProgressView() {
            @Override
            public void trained(Run run) {}

            @Override
            public void evaluated(Evaluation evaluation) {}

            @Override
            public void failed(EvaluationFailure failure) {}

            @Override
            public void note(String message) {}

            @Override
            public void close() {}
        };
    }
}
