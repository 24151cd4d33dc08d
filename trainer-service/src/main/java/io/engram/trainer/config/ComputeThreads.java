package io.engram.trainer.config;

/** How many threads libtorch gets. */
final class ComputeThreads {
    private static final int MOST = 1024;

    private ComputeThreads() {}

    /** @throws IllegalArgumentException where the setting is not allowed */
    static int of(int setting) {
        if (setting < 0 || setting > MOST) {
            throw new IllegalArgumentException("engram.trainer.compute-threads (ENGRAM_COMPUTE_THREADS): was " + setting
                    + "; allowed: 0 (all processors) to " + MOST);
        }
        return setting == 0 ? Runtime.getRuntime().availableProcessors() : setting;
    }
}
