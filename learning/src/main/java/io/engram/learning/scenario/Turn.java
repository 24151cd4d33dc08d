package io.engram.learning.scenario;

import java.nio.ByteBuffer;

/** Turns planes of {@code uint8} values around their centre: where each pixel comes from is worked out once. */
final class Turn {
    private final int height;
    private final int width;
    private final double[] sourceRow;
    private final double[] sourceColumn;

    /** @param radians counter-clockwise, as the image is seen with its first row on top */
    Turn(int height, int width, double radians) {
        this.height = height;
        this.width = width;
        sourceRow = new double[height * width];
        sourceColumn = new double[height * width];
        double middleRow = (height - 1) / 2.0;
        double middleColumn = (width - 1) / 2.0;
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                double down = row - middleRow;
                double right = column - middleColumn;
                int pixel = row * width + column;
                sourceColumn[pixel] = middleColumn + Math.cos(radians) * right - Math.sin(radians) * down;
                sourceRow[pixel] = middleRow + Math.sin(radians) * right + Math.cos(radians) * down;
            }
        }
    }

    /** Turns the plane that begins at {@code start} in both buffers. */
    void plane(ByteBuffer from, ByteBuffer to, int start) {
        for (int pixel = 0; pixel < sourceRow.length; pixel++) {
            to.put(start + pixel, (byte) Math.round(bilinear(from, start, sourceRow[pixel], sourceColumn[pixel])));
        }
    }

    private double bilinear(ByteBuffer from, int start, double row, double column) {
        int top = (int) Math.floor(row);
        int left = (int) Math.floor(column);
        double down = row - top;
        double right = column - left;
        return (1 - down) * ((1 - right) * value(from, start, top, left) + right * value(from, start, top, left + 1))
                + down
                        * ((1 - right) * value(from, start, top + 1, left)
                                + right * value(from, start, top + 1, left + 1));
    }

    private int value(ByteBuffer from, int start, int row, int column) {
        boolean inside = row >= 0 && row < height && column >= 0 && column < width;
        return inside ? Byte.toUnsignedInt(from.get(start + row * width + column)) : 0;
    }
}
