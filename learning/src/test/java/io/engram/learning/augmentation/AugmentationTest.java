package io.engram.learning.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.engram.learning.tensor.TensorEngine;
import io.engram.learning.tensor.TensorProgram;
import io.engram.replay.SplitMix64;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AugmentationTest {
    private static final TensorEngine ENGINE = TensorEngine.start(1);
    private static final Augmentation BOTH = new Augmentation(Augmentation.NAMES);
    private static final Augmentation CROP = new Augmentation(List.of(Augmentation.PAD_AND_CROP));
    private static final Augmentation FLIP = new Augmentation(List.of(Augmentation.HORIZONTAL_FLIP));
    private static final String ON_DEVICE = """
            def on_device(self, t: Tensor) -> Tensor:
              return t
            """;

    @Test
    void fourRowsAndColumnsDownIsTheImageItself() {
        assertThat(augmented(BOTH, new byte[] {1, 2, 3, 4}, 1, 2, 2, 4, 4, 0)).containsExactly(1, 2, 3, 4);
    }

    @Test
    void oneRowFurtherDownTheLastRowIsBlack() {
        assertThat(augmented(BOTH, new byte[] {1, 2, 3, 4}, 1, 2, 2, 5, 4, 0)).containsExactly(3, 4, 0, 0);
    }

    @Test
    void oneColumnToTheLeftTheFirstColumnIsBlack() {
        assertThat(augmented(BOTH, new byte[] {1, 2, 3, 4}, 1, 2, 2, 4, 3, 0)).containsExactly(0, 1, 0, 3);
    }

    @Test
    void whatIsKeptIsMirrored() {
        assertThat(augmented(BOTH, new byte[] {1, 2, 3, 4}, 1, 2, 2, 4, 3, 1)).containsExactly(1, 0, 3, 0);
    }

    @Test
    void mirroringAloneNeedsNoPadding() {
        assertThat(augmented(FLIP, new byte[] {1, 2, 3, 4, 5, 6}, 1, 2, 3, 0, 0, 1))
                .containsExactly(3, 2, 1, 6, 5, 4);
    }

    @Test
    void everySampleOfABatchIsTreatedByItsOwnDrawsToTheLastBit() {
        int samples = 40;
        byte[] items = new byte[samples * 3 * 5 * 7];
        new Random(3).nextBytes(items);
        long[] draws = draws(BOTH, new SplitMix64(11), samples);

        assertThat(augmented(BOTH, items, 3, 5, 7, draws)).isEqualTo(byHand(items, 3, 5, 7, draws));
    }

    @Test
    void noSamplesAreNoSamples() {
        assertThat(augmented(BOTH, new byte[0], 3, 5, 7)).isEmpty();
    }

    @Test
    void everyPlaceAndEverySideIsDrawn() {
        long[] draws = draws(BOTH, new SplitMix64(5), 2000);

        assertThat(every(draws, 0)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(every(draws, 1)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(every(draws, 2)).containsExactly(0, 1);
    }

    @Test
    void whatIsNotAskedForIsNotDrawn() {
        assertThat(every(draws(CROP, new SplitMix64(5), 200), 2)).containsExactly(0);
        assertThat(every(draws(FLIP, new SplitMix64(5), 200), 0)).containsExactly(0);
        assertThat(every(draws(FLIP, new SplitMix64(5), 200), 1)).containsExactly(0);
    }

    @Test
    void aGeneratorOfTheSameStateGoesOnInTheSameWay() {
        SplitMix64 random = new SplitMix64(7);
        draws(BOTH, random, 13);
        SplitMix64 resumed = SplitMix64.ofState(random.state());

        assertThat(draws(BOTH, resumed, 13)).isEqualTo(draws(BOTH, random, 13));
    }

    @Test
    void stepsRewriteTheSameTensorsInTheOrderOfTheGenerator() {
        long[] expected = draws(BOTH, new SplitMix64(9), 2 + 1 + 1 + 2);

        try (Draws draws = new Draws(BOTH, new SplitMix64(9), 3, 2, ENGINE.newManager(Device.cpu()))) {
            NDList tensors = draws.tensors();
            assertThat(tensors.getShapes()).containsExactly(new Shape(3, 3), new Shape(2, 3));

            draws.next(2, 1);
            assertThat(tensors.get(0).toLongArray()).startsWith(part(expected, 0, 2));
            assertThat(tensors.get(1).toLongArray()).startsWith(part(expected, 2, 1));

            draws.next(1, 2);
            assertThat(tensors.get(0).toLongArray()).startsWith(part(expected, 3, 1));
            assertThat(tensors.get(1).toLongArray()).startsWith(part(expected, 4, 2));
        }
    }

    private static long[] part(long[] draws, int from, int samples) {
        return LongStream.of(draws).skip(3L * from).limit(3L * samples).toArray();
    }

    private static long[] draws(Augmentation augmentation, SplitMix64 random, int samples) {
        List<Long> all = new ArrayList<>();
        long[] ofSample = new long[Augmentation.DRAWS];
        for (int k = 0; k < samples; k++) {
            augmentation.draw(random, ofSample);
            LongStream.of(ofSample).forEach(all::add);
        }
        return all.stream().mapToLong(Long::longValue).toArray();
    }

    private static long[] every(long[] draws, int which) {
        return IntStream.range(0, draws.length / 3)
                .mapToLong(k -> draws[3 * k + which])
                .distinct()
                .sorted()
                .toArray();
    }

    /** Pixel by pixel, as the words have it. */
    private static byte[] byHand(byte[] items, int channels, int height, int width, long[] draws) {
        byte[] result = new byte[items.length];
        for (int k = 0; k < items.length; k++) {
            int x = k % width;
            int y = k / width % height;
            int image = k / (width * height);
            int sample = image / channels;
            int fromX = (int) draws[3 * sample + 1] + (draws[3 * sample + 2] == 1 ? width - 1 - x : x) - 4;
            int fromY = (int) draws[3 * sample] + y - 4;
            boolean inside = fromX >= 0 && fromX < width && fromY >= 0 && fromY < height;
            result[k] = inside ? items[(image * height + fromY) * width + fromX] : 0;
        }
        return result;
    }

    private static byte[] augmented(
            Augmentation augmentation, byte[] items, int channels, int height, int width, long... draws) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(items.length).put(items).flip();
        int samples = items.length / (channels * height * width);
        try (NDManager manager = ENGINE.newManager(Device.cpu());
                TensorProgram program = new TensorProgram(manager, List.of(), ON_DEVICE + augmentation.text())) {
            NDArray images = manager.create(buffer, new Shape(samples, channels, height, width), DataType.UINT8);
            // One row more than samples: it is passed over.
            NDArray rows = manager.create(Arrays.copyOf(draws, 3 * (samples + 1)), new Shape(samples + 1, 3));
            try (NDList result = program.infer("augmented", images, rows)) {
                return result.get(0).toByteArray();
            }
        }
    }
}
