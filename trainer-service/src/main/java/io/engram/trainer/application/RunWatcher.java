package io.engram.trainer.application;

import io.engram.proto.error.ApiException;
import io.engram.trainer.domain.TrainingRun;

/** Somebody who watches a run. Called on the one thread that watches, and must not keep it waiting. */
public interface RunWatcher {
    /** Whether it can take the next message now; where not, it gets a newer one later. */
    boolean isReady();

    /** The run moved on. */
    void changed(TrainingRun run);

    /** The run has ended, and {@link #changed} has said so. */
    void ended();

    /** The run cannot be watched. */
    void failed(ApiException why);
}
