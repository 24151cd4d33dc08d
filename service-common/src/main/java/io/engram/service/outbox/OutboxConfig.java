package io.engram.service.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of outbox and topics. */
@ConfigMapping(prefix = "engram.outbox")
public interface OutboxConfig {
    /** How often the relay looks for events that nobody told it of. */
    @WithDefault("1s")
    Duration pollInterval();

    /** How long the relay waits for Kafka before it tries again. */
    @WithDefault("10s")
    Duration deliveryTimeout();

    /** From when on a waiting event is a sign of trouble. */
    @WithDefault("30s")
    Duration troubleAfter();

    /** Partitions of topics that are made at start. */
    @WithDefault("3")
    int topicPartitions();
}
