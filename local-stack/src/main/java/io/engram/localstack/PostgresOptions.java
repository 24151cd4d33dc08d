package io.engram.localstack;

import java.nio.file.Path;

/**
 * How a PostgreSQL server is started. It listens on the loopback address only.
 *
 * @param dataFolder where its data and its log file are
 * @param port 0 for a free one
 * @param ephemeral whether its data is thrown away afterwards, so that it need not reach the disk
 */
public record PostgresOptions(Path dataFolder, int port, boolean ephemeral) {
    /** On a free port, for data that is thrown away. */
    public static PostgresOptions ephemeral(Path dataFolder) {
        return new PostgresOptions(dataFolder, 0, true);
    }

    /** On a port (0: a free one), for data that stays. */
    public static PostgresOptions durable(Path dataFolder, int port) {
        return new PostgresOptions(dataFolder, port, false);
    }
}
