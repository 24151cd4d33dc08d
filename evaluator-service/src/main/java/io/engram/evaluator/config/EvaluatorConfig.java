package io.engram.evaluator.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of the evaluator. */
@ConfigMapping(prefix = "engram.evaluator")
public interface EvaluatorConfig {
    /** The folder of frozen models, shared with the trainer. */
    Path artifactDir();

    /** The folder of data sets that do not ship inside. */
    Optional<Path> dataDir();

    /** Bytes that training or test samples of a data set may take in native memory; more lie in a file of the scratch folder. */
    @WithDefault("1073741824")
    long dataMemoryBytes();

    /** Bytes that they may take in the memory of a GPU; of more, each batch is sent there. */
    @WithDefault("4294967296")
    long dataDeviceBytes();

    /** The folder of that file, which has no name there; the system's for temporary files where it is empty. */
    Optional<Path> scratchDir();

    /** Threads that one evaluation computes on. */
    @WithDefault("1")
    int computeThreads();

    /** Where models are scored: {@code auto}, {@code cpu} or {@code cuda:N}. */
    @WithDefault("auto")
    String device();

    /** How long a model may take to become visible in the folder. */
    @WithDefault("10s")
    Duration artifactWait();

    /** The pause before the first new try where the database is away; it doubles up to 16 times as much. */
    @WithDefault("500ms")
    Duration retryPause();

    /** How long a stopping service lets the evaluation that is under way go on. */
    @WithDefault("60s")
    Duration stopWait();

    /** How often watchers look for new evaluations. */
    @WithDefault("500ms")
    Duration watchInterval();
}
