package io.engram.buffer.application;

/**
 * What came of one exchange with a buffer, or of one scan.
 *
 * @param size samples held after the insert
 * @param seen samples ever inserted, after the insert
 * @param items the drawn samples one after another, in drawn order; the caller's own
 * @param labels their classes
 * @param tasks their tasks
 */
public record Exchanged(long size, long seen, byte[] items, int[] labels, int[] tasks) {
    /** Nothing was done: the buffer is set aside, see {@link HeldBuffer#whenFree}. */
    public static final Exchanged LATER = new Exchanged(0, 0, new byte[0], new int[0], new int[0]);
}
