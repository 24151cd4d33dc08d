package io.engram.learning.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What Pillow 13.0.0 makes of an image whose values follow from a formula: {@code Image.fromarray(a).resize((width, height),
 * Image.BILINEAR)} with {@code a[y, x, c] = (37 x + 101 y + 59 c + 7 x y) % 256}.
 */
class BilinearTest {

    @Test
    void shrinking() {
        assertThat(resized(7, 5, 3, 2))
                .containsExactly(
                        115, 128, 117, 133, 136, 125, 141, 125, 115, 137, 115, 115, 125, 120, 118, 130, 108, 100);
    }

    @Test
    void shrinkingByAWholeNumber() {
        assertThat(resized(16, 16, 4, 4))
                .containsExactly(
                        127, 126, 120, 134, 116, 114, 135, 116, 125, 137, 119, 113, 135, 123, 131, 133, 116, 127, 124,
                        114, 141, 130, 124, 127, 132, 125, 122, 118, 129, 127, 126, 120, 134, 123, 116, 124, 103, 143,
                        109, 104, 149, 101, 130, 124, 127, 126, 126, 118);
    }

    @Test
    void growing() {
        assertThat(resized(3, 2, 5, 4))
                .containsExactly(
                        0, 59, 118, 15, 74, 133, 37, 96, 155, 59, 118, 177, 74, 133, 192, 25, 84, 143, 41, 100, 133, 64,
                        123, 118, 87, 146, 141, 103, 162, 157, 76, 135, 194, 93, 152, 134, 118, 177, 44, 143, 202, 69,
                        160, 219, 86, 101, 160, 219, 119, 178, 134, 145, 204, 7, 171, 230, 33, 189, 248, 51);
    }

    @Test
    void theHeightAlone() {
        assertThat(resized(9, 4, 9, 2))
                .containsExactly(
                        72, 95, 154, 114, 137, 86, 120, 179, 128, 162, 111, 170, 94, 153, 66, 136, 158, 108, 178, 91,
                        150, 74, 133, 82, 116, 65, 124, 121, 70, 129, 174, 123, 146, 117, 176, 89, 170, 83, 142, 77,
                        136, 85, 130, 79, 138, 183, 132, 82, 126, 76, 98, 179, 92, 151);
    }

    @Test
    void theWidthAlone() {
        assertThat(resized(4, 9, 2, 9))
                .containsExactly(
                        26, 85, 144, 85, 144, 203, 132, 191, 104, 202, 151, 64, 202, 41, 100, 99, 122, 181, 88, 147,
                        170, 180, 129, 78, 158, 107, 56, 77, 100, 159, 154, 103, 162, 158, 107, 166, 150, 173, 122, 165,
                        114, 137, 110, 169, 118, 136, 85, 144, 106, 129, 188, 143, 92, 151);
    }

    @Test
    void anImageOfTheSizeStaysAsItIs() {
        RgbImage image = image(7, 5);

        assertThat(Bilinear.resize(image, 7, 5)).isSameAs(image);
    }

    private static int[] resized(int fromWidth, int fromHeight, int width, int height) {
        RgbImage image = Bilinear.resize(image(fromWidth, fromHeight), width, height);
        return IntStream.range(0, image.values().length)
                .map(k -> image.values()[k] & 0xff)
                .toArray();
    }

    private static RgbImage image(int width, int height) {
        byte[] values = new byte[width * height * 3];
        for (int k = 0; k < values.length; k++) {
            int x = k / 3 % width;
            int y = k / 3 / width;
            values[k] = (byte) (37 * x + 101 * y + 59 * (k % 3) + 7 * x * y);
        }
        return new RgbImage(width, height, values);
    }
}
