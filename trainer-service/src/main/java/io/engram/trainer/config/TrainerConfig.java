package io.engram.trainer.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The settings of the trainer, beside those of its servers; the environment variables are in application.properties. */
@ConfigMapping(prefix = "engram.trainer")
public interface TrainerConfig {
    /** The folder of frozen models that trainers and evaluators share. */
    @WithDefault("artifacts")
    Path artifactDir();

    /** The folder with one folder for each data set; without it, only what ships inside can be read. */
    Optional<Path> dataDir();

    /** Bytes that training or test samples of a data set may take in native memory; more lie in a file of the scratch folder. */
    @WithDefault("1073741824")
    long dataMemoryBytes();

    /** Bytes that they may take in the memory of a GPU; of more, each batch is sent there. */
    @WithDefault("4294967296")
    long dataDeviceBytes();

    /** The folder of that file, which has no name there; the system's for temporary files where it is empty. */
    Optional<Path> scratchDir();

    /** Threads of libtorch; 0 for all processors. */
    @WithDefault("0")
    int computeThreads();

    /** Where runs have their replay memory. */
    @WithDefault("buffer-service")
    Replay replay();

    /** Where the buffer service listens, {@code host:port}. */
    @WithDefault("localhost:9102")
    String bufferAddress();

    /** How long the buffer service may take to answer. */
    @WithDefault("30s")
    Duration bufferTimeout();

    /** How long a run is held without a sign of life. */
    @WithDefault("15s")
    Duration lease();

    /** How often the lease is renewed. */
    @WithDefault("3s")
    Duration heartBeat();

    /** How often a trainer looks for runs to take, and for requests to cancel. */
    @WithDefault("200ms")
    Duration poll();

    /** How often watched runs are looked at. */
    @WithDefault("250ms")
    Duration watchInterval();

    /** Attempts that may be lost before a run fails. */
    @WithDefault("5")
    int attemptLimit();

    /** The pause before a run is tried again, times the attempts lost so far. */
    @WithDefault("5s")
    Duration retryPause();

    /** Where runs have their replay memory. */
    enum Replay {
        /** In the buffer service, over gRPC. */
        BUFFER_SERVICE,
        /** On the trainer's own heap; the same samples, bit for bit. For comparison. */
        IN_PROCESS
    }
}
