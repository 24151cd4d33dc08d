package io.engram.trainer.health;

import io.engram.proto.error.ApiException;
import io.engram.trainer.application.RunStore;
import io.engram.trainer.domain.RunStatus;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;

/** How many runs there are in each state, asked of the database at most every few seconds. Used from any thread. */
@Singleton
final class RunCounts {
    private static final long FRESH_NANOS = Duration.ofSeconds(2).toNanos();

    private final RunStore store;
    private Map<String, Long> counts = Map.of();
    private long readAt = System.nanoTime() - FRESH_NANOS;

    RunCounts(RunStore store) {
        this.store = store;
    }

    /** NaN where the database does not answer. */
    synchronized double count(RunStatus status) {
        if (System.nanoTime() - readAt >= FRESH_NANOS) {
            try {
                counts = store.countByStatus();
            } catch (ApiException away) {
                counts = null;
            }
            readAt = System.nanoTime();
        }
        return counts == null ? Double.NaN : counts.getOrDefault(status.name(), 0L);
    }
}
