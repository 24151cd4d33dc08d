package io.engram.trainer.application;

import io.engram.learning.tensor.TensorEngine;
import io.engram.proto.error.ApiException;
import io.engram.proto.error.ErrorReason;
import java.time.Duration;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * The tensor engine of this process, which takes a moment to load. It is loaded by the thread that trains; others wait for
 * it here, and may ask it about devices only.
 */
public final class ComputeEngine {
    private static final Logger LOG = Logger.getLogger(ComputeEngine.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final int threads;
    private final CompletableFuture<TensorEngine> engine = new CompletableFuture<>();

    /** @param threads compute threads, at least 1 */
    public ComputeEngine(int threads) {
        this.threads = threads;
    }

    /**
     * Loads the engine; called first by the thread that trains. Later calls give the same.
     *
     * @throws RuntimeException where it cannot be loaded; then {@link #problem} says why from now on
     */
    TensorEngine load() {
        if (!engine.isDone()) {
            try {
                TensorEngine loaded = TensorEngine.start(threads);
                LOG.infof(
                        "%s, device %s, from %s",
                        loaded.description(), loaded.device("auto"), LoadedLibrary.path("libtorch_cpu.so"));
                engine.complete(loaded);
            } catch (RuntimeException | LinkageError | ServiceConfigurationError broken) {
                LOG.errorf(broken, "the tensor engine cannot be loaded: %s", broken.getMessage());
                engine.completeExceptionally(broken);
            }
        }
        return engine.join();
    }

    /** @throws ApiException UNAVAILABLE where it is not loaded soon */
    TensorEngine await() {
        try {
            return engine.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw ApiException.of(ErrorReason.UNAVAILABLE, "the tensor engine is still being loaded; try again", late);
        } catch (ExecutionException broken) {
            throw ApiException.of(
                    ErrorReason.UNAVAILABLE, "the tensor engine cannot be loaded: " + broken.getCause(), broken);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw ApiException.of(ErrorReason.UNAVAILABLE, "the trainer is ending", ended);
        }
    }

    /** Whether it is loaded. */
    public boolean isLoaded() {
        return engine.isDone() && !engine.isCompletedExceptionally();
    }

    /** What it is; empty while it is not loaded. */
    public Optional<String> description() {
        return isLoaded() ? Optional.of(engine.join().description()) : Optional.empty();
    }
}
