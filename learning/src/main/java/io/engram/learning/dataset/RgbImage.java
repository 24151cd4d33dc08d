package io.engram.learning.dataset;

/**
 * An image in memory.
 *
 * @param values {@code [height, width, 3]}: red, green and blue of each pixel
 */
record RgbImage(int width, int height, byte[] values) {
    static final int CHANNELS = 3;
}
