package io.engram.localstack;

import java.nio.file.Path;

/**
 * How a broker is started.
 *
 * @param dataFolder where its data and its log file are
 * @param host the address it listens on and is known by
 * @param port 0 for a free one
 * @param partitions of topics that come into being by their first use
 * @param ephemeral whether its data is thrown away afterwards, so that it may be stopped at once
 */
public record KafkaOptions(Path dataFolder, String host, int port, int partitions, boolean ephemeral) {
    /** On a free port of the loopback address, for data that is thrown away. */
    public static KafkaOptions ephemeral(Path dataFolder) {
        return new KafkaOptions(dataFolder, "127.0.0.1", 0, 1, true);
    }

    /** On a port of the loopback address (0: a free one), for data that stays. */
    public static KafkaOptions durable(Path dataFolder, int port) {
        return new KafkaOptions(dataFolder, "127.0.0.1", port, 1, false);
    }

    KafkaOptions withPort(int other) {
        return new KafkaOptions(dataFolder, host, other, partitions, ephemeral);
    }
}
