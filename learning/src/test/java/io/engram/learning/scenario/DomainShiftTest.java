package io.engram.learning.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.learning.dataset.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DomainShiftTest {

    private static final List<Integer> SHAPE = List.of(2, 3, 3);
    private static final DomainShift PERMUTATION = new DomainShift.PixelPermutation(7);

    @Test
    void theFirstTaskHasTheSamplesAsTheyAre() {
        Samples samples = samples();

        assertThat(PERMUTATION.apply(samples, 0, SHAPE)).isSameAs(samples);
        assertThat(new DomainShift.Rotation(90).apply(samples, 0, SHAPE)).isSameAs(samples);
    }

    @Test
    void aPermutationMovesThePixelsOfAllChannelsAndSamplesAlike() {
        byte[] shifted = bytes(PERMUTATION.apply(samples(), 3, SHAPE));

        assertThat(sorted(shifted, 0)).isEqualTo(sorted(bytes(samples()), 0));
        // values of the second plane are those of the first plus 9, and so on
        for (int plane = 1; plane < 4; plane++) {
            for (int pixel = 0; pixel < 9; pixel++) {
                assertThat(shifted[9 * plane + pixel] - shifted[pixel]).isEqualTo(9 * plane);
            }
        }
    }

    @Test
    void everyTaskHasItsOwnPermutationAndTheSeedGivesIt() {
        byte[] third = bytes(PERMUTATION.apply(samples(), 3, SHAPE));

        assertThat(bytes(PERMUTATION.apply(samples(), 3, SHAPE))).isEqualTo(third);
        assertThat(bytes(PERMUTATION.apply(samples(), 4, SHAPE))).isNotEqualTo(third);
        assertThat(bytes(new DomainShift.PixelPermutation(8).apply(samples(), 3, SHAPE)))
                .isNotEqualTo(third);
    }

    /** By hand: 0 1 2 / 3 4 5 / 6 7 8 turned counter-clockwise by 90 degrees is 2 5 8 / 1 4 7 / 0 3 6. */
    @ParameterizedTest
    @ValueSource(doubles = {90, 45})
    void rotationByAQuarterIsCounterClockwise(double degreesPerTask) {
        byte[] turned =
                bytes(new DomainShift.Rotation(degreesPerTask).apply(samples(), (int) (90 / degreesPerTask), SHAPE));

        assertThat(Arrays.copyOf(turned, 9)).containsExactly(2, 5, 8, 1, 4, 7, 0, 3, 6);
    }

    @Test
    void whatTurnsInFromOutsideIsZero() {
        // a plane of 8s turned by 45 degrees: its corners lie sqrt(2) from the centre, so they come from (0, 1 +
        // sqrt(2) - 1)
        // to the side, 0.414 of a pixel outside: bilinear gives 8 * (1 - 0.414) = 4.69
        Samples eights = Samples.copyOf(new byte[] {8, 8, 8, 8, 8, 8, 8, 8, 8}, 9, new int[] {0});

        byte[] turned = bytes(new DomainShift.Rotation(45).apply(eights, 1, List.of(1, 3, 3)));

        assertThat(turned).containsExactly(5, 8, 5, 8, 8, 8, 5, 8, 5);
    }

    private static Samples samples() {
        byte[] values = new byte[36];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) i;
        }
        return Samples.copyOf(values, 18, new int[] {0, 1});
    }

    private static byte[] bytes(Samples samples) {
        byte[] bytes = new byte[(int) samples.items().bytes()];
        samples.items().parts().get(0).get(bytes);
        return bytes;
    }

    private static List<Byte> sorted(byte[] bytes, int plane) {
        return IntStream.range(9 * plane, 9 * plane + 9)
                .mapToObj(i -> bytes[i])
                .sorted()
                .toList();
    }
}
