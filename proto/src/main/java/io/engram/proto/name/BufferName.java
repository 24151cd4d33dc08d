package io.engram.proto.name;

import io.engram.proto.error.ApiException;
import io.engram.proto.error.ErrorReason;

/** {@code buffers/{buffer}}: the name of a replay memory in the buffer service. */
public record BufferName(String buffer) {
    private static final String PREFIX = "buffers/";

    /** @throws IllegalArgumentException where the id is none */
    public BufferName {
        if (!ResourceId.isValid(buffer)) {
            throw new IllegalArgumentException("buffer id was " + buffer + "; allowed: " + ResourceId.ALLOWED);
        }
    }

    /**
     * Reads a name from a request.
     *
     * @param field the field of the request it came in
     * @throws ApiException INVALID_ARGUMENT where it is no name of a buffer
     */
    public static BufferName parse(String field, String name) {
        if (!name.startsWith(PREFIX) || !ResourceId.isValid(name.substring(PREFIX.length()))) {
            throw ApiException.invalid(
                    ErrorReason.INVALID_ARGUMENT, field, name, "buffers/{buffer}, buffer being " + ResourceId.ALLOWED);
        }
        return new BufferName(name.substring(PREFIX.length()));
    }

    /** The name as messages carry it. */
    @Override
    public String toString() {
        return PREFIX + buffer;
    }
}
