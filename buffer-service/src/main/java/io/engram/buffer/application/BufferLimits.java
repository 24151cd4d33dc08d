package io.engram.buffer.application;

/**
 * What the service takes on at most.
 *
 * @param memoryBytes heap that all buffers together may take when full, 1 or more
 * @param maxBuffers buffers at the same time, 1 or more
 * @param maxSessions sessions at the same time, 1 or more
 * @param maxMessageBytes bytes of one message in either direction, {@value #SMALLEST_MESSAGE_BYTES} to
 *     {@value #LARGEST_MESSAGE_BYTES}
 */
public record BufferLimits(long memoryBytes, int maxBuffers, int maxSessions, int maxMessageBytes) {
    /** Samples that one request draws at most. */
    public static final int MAX_DRAWN = 65_536;

    private static final int SMALLEST_MESSAGE_BYTES = 4096;
    private static final int LARGEST_MESSAGE_BYTES = 1 << 30;
    /** Tags and lengths of a response, and the room that an error may need. */
    private static final int MESSAGE_OVERHEAD_BYTES = 1024;
    /** A label and a task, as the longest varints that values of 0 or more have. */
    private static final int SAMPLE_OVERHEAD_BYTES = 10;

    /** @throws IllegalArgumentException naming the first value that is not allowed */
    public BufferLimits {
        require("memory-bytes", memoryBytes, 1, Long.MAX_VALUE);
        require("max-buffers", maxBuffers, 1, Integer.MAX_VALUE);
        require("max-sessions", maxSessions, 1, Integer.MAX_VALUE);
        require("max-message-bytes", maxMessageBytes, SMALLEST_MESSAGE_BYTES, LARGEST_MESSAGE_BYTES);
    }

    /** The largest sample of which one fits into a message. */
    public int maxItemBytes() {
        return maxMessageBytes - MESSAGE_OVERHEAD_BYTES - SAMPLE_OVERHEAD_BYTES;
    }

    /** Samples of a size that one request draws at most, so that the response fits into a message. */
    public int maxDrawn(int itemBytes) {
        return Math.min(MAX_DRAWN, (maxMessageBytes - MESSAGE_OVERHEAD_BYTES) / (itemBytes + SAMPLE_OVERHEAD_BYTES));
    }

    /** Bytes of a message that the server still reads, so that it can say what is wrong with it. */
    public int maxReadBytes() {
        return (int) Math.min(2L * maxMessageBytes, Integer.MAX_VALUE);
    }

    private static void require(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " was " + value + "; allowed: " + least + " to " + most);
        }
    }
}
