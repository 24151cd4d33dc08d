package io.engram.localstack;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a local stack is started.
 *
 * @param dataFolder where everything it keeps is, and its logs
 * @param host the address that Kafka and the services listen on; PostgreSQL stays on the loopback address
 * @param ports where they listen
 * @param datasets the folder with data sets such as {@code mnist/}; the services say what is missing where it is absent
 * @param ephemeral whether the data folder is thrown away afterwards, so that nothing in it need be safe
 */
public record StackOptions(Path dataFolder, String host, StackPorts ports, Optional<Path> datasets, boolean ephemeral) {
    public static final String LOOPBACK = "127.0.0.1";

    public StackOptions {
        dataFolder = dataFolder.toAbsolutePath().normalize();
    }

    /** A host that a client on this machine reaches it by. */
    String reachableHost() {
        return host.equals("0.0.0.0") || host.equals("::") ? LOOPBACK : host;
    }
}
