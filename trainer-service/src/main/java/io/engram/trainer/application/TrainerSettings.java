package io.engram.trainer.application;

import java.time.Duration;

/**
 * How a trainer holds runs.
 *
 * @param owner the name of this process; no two may have the same
 * @param lease how long a run is held without a sign of life, at least twice {@code heartBeat}
 * @param heartBeat how often the lease is renewed
 * @param poll how often a trainer without a run looks for one, and one with a run for requests to cancel
 * @param attemptLimit attempts that may be lost before a run fails, 1 to 100
 * @param retryPause the pause before a run is tried again, times the attempts lost so far
 */
public record TrainerSettings(
        String owner, Duration lease, Duration heartBeat, Duration poll, int attemptLimit, Duration retryPause) {
    private static final int MOST_ATTEMPTS = 100;

    /** @throws IllegalArgumentException where a bound is broken */
    public TrainerSettings {
        require(!owner.isBlank(), "owner", owner, "a name");
        require(heartBeat.toMillis() > 0, "heart-beat", heartBeat, "above 0");
        require(lease.compareTo(heartBeat.multipliedBy(2)) >= 0, "lease", lease, "at least twice heart-beat");
        require(poll.toMillis() > 0, "poll", poll, "above 0");
        require(attemptLimit >= 1 && attemptLimit <= MOST_ATTEMPTS, "attempt-limit", attemptLimit, "1 to 100");
        require(!retryPause.isNegative(), "retry-pause", retryPause, "0 or more");
    }

    private static void require(boolean holds, String setting, Object value, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "engram.trainer." + setting + ": was " + value + "; allowed: " + allowed);
        }
    }
}
