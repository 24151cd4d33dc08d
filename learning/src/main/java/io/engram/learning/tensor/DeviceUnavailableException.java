package io.engram.learning.tensor;

/** A run asked for a device that this process does not have; the message says what there is. */
public final class DeviceUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DeviceUnavailableException(String message) {
        super(message);
    }
}
