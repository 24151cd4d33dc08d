package io.engram.trainer.replay;

import java.util.regex.Pattern;

/**
 * Where the buffer service listens.
 *
 * @param target {@code host:port}, or a target that gRPC resolves such as {@code dns:///host:port}
 */
public record BufferAddress(String target) {
    private static final Pattern ALLOWED = Pattern.compile("\\S+:\\d{1,5}");

    /** @throws IllegalArgumentException where it is no address */
    public BufferAddress {
        if (!ALLOWED.matcher(target).matches()) {
            throw new IllegalArgumentException(
                    "engram.trainer.buffer-address (ENGRAM_BUFFER_ADDRESS): was " + target + "; allowed: host:port");
        }
    }
}
