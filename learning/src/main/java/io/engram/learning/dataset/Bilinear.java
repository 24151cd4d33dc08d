package io.engram.learning.dataset;

/**
 * Resizes images with a triangle filter, first each row and then each column, rounded to 8 bits after each. Where an image
 * shrinks, the filter widens with it, so that every pixel counts. Bit for bit what Pillow's {@code resize} with
 * {@code BILINEAR} gives, which is what torchvision's {@code Resize} does to images.
 */
final class Bilinear {
    /** Weights are numbers of 22 binary digits after the point. */
    private static final int PRECISION = 22;

    private Bilinear() {}

    static RgbImage resize(RgbImage image, int width, int height) {
        RgbImage rows = image.width() == width ? image : resizeRows(image, width);
        return rows.height() == height ? rows : resizeColumns(rows, height);
    }

    private static RgbImage resizeRows(RgbImage image, int width) {
        Weights weights = Weights.of(image.width(), width);
        byte[] target = new byte[image.height() * width * RgbImage.CHANNELS];
        int next = 0;
        for (int y = 0; y < image.height(); y++) {
            int row = y * image.width() * RgbImage.CHANNELS;
            for (int x = 0; x < width; x++) {
                for (int channel = 0; channel < RgbImage.CHANNELS; channel++) {
                    target[next++] = weights.sum(x, image.values(), row + channel, RgbImage.CHANNELS);
                }
            }
        }
        return new RgbImage(width, image.height(), target);
    }

    private static RgbImage resizeColumns(RgbImage image, int height) {
        Weights weights = Weights.of(image.height(), height);
        int rowBytes = image.width() * RgbImage.CHANNELS;
        byte[] target = new byte[height * rowBytes];
        for (int y = 0; y < height; y++) {
            for (int k = 0; k < rowBytes; k++) {
                target[y * rowBytes + k] = weights.sum(y, image.values(), k, rowBytes);
            }
        }
        return new RgbImage(image.width(), height, target);
    }

    /**
     * For each target position, which source positions count and how much.
     *
     * @param first the first source position
     * @param values of the positions from there on; their sum is 1
     */
    private record Weights(int[] first, int[][] values) {

        static Weights of(int from, int to) {
            double scale = (double) from / to;
            double support = Math.max(scale, 1);
            int[] first = new int[to];
            int[][] values = new int[to][];
            for (int k = 0; k < to; k++) {
                double centre = (k + 0.5) * scale;
                first[k] = Math.max(0, (int) (centre - support + 0.5));
                int end = Math.min(from, (int) (centre + support + 0.5));
                values[k] = triangle(first[k], end, centre, support);
            }
            return new Weights(first, values);
        }

        private static int[] triangle(int first, int end, double centre, double support) {
            double[] heights = new double[end - first];
            double total = 0;
            for (int k = 0; k < heights.length; k++) {
                heights[k] = Math.max(0, 1 - Math.abs((first + k - centre + 0.5) / support));
                total += heights[k];
            }
            int[] weights = new int[heights.length];
            for (int k = 0; k < weights.length; k++) {
                weights[k] = (int) (0.5 + heights[k] / total * (1 << PRECISION));
            }
            return weights;
        }

        byte sum(int position, byte[] source, int offset, int stride) {
            int sum = 1 << (PRECISION - 1);
            int at = offset + first[position] * stride;
            for (int weight : values[position]) {
                sum += (source[at] & 0xff) * weight;
                at += stride;
            }
            return (byte) Math.min(255, sum >> PRECISION);
        }
    }
}
