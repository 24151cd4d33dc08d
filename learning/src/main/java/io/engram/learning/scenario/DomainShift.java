package io.engram.learning.scenario;

import io.engram.learning.dataset.SampleItems;
import io.engram.learning.dataset.Samples;
import io.engram.replay.SplitMix64;
import java.nio.ByteBuffer;
import java.util.List;

/** How the samples of one data set look in each task of a domain-incremental scenario. The first task has them as they are. */
public sealed interface DomainShift {

    /**
     * Samples as a task has them.
     *
     * @param shape {@code [channels, height, width]} of a sample
     * @return for the first task the very samples given, for others new ones
     */
    default Samples apply(Samples samples, int task, List<Integer> shape) {
        if (task == 0) {
            return samples;
        }
        SampleItems shifted = samples.items().another(samples.size());
        shift(samples.items(), shifted, task, shape);
        return new Samples(shifted, samples.labels());
    }

    /** Its setting in words. */
    String description();

    /** Writes the shifted samples, in the same order. */
    void shift(SampleItems from, SampleItems to, int task, List<Integer> shape);

    /**
     * The pixels of every sample change places, in all channels alike; each task has a permutation of its own (Goodfellow et al.
     * 2013, "An Empirical Investigation of Catastrophic Forgetting in Gradient-Based Neural Networks", section 4).
     *
     * @param seed gives the permutations
     */
    record PixelPermutation(long seed) implements DomainShift {
        @Override
        public String description() {
            return "seed " + seed;
        }

        @Override
        public void shift(SampleItems from, SampleItems to, int task, List<Integer> shape) {
            int[] source = permutation(task, shape.get(1) * shape.get(2));
            for (int row = 0; row < from.samples(); row++) {
                permute(from.row(row), to.row(row), source);
            }
        }

        private static void permute(ByteBuffer from, ByteBuffer to, int[] source) {
            for (int start = 0; start < from.capacity(); start += source.length) {
                for (int pixel = 0; pixel < source.length; pixel++) {
                    to.put(start + pixel, from.get(start + source[pixel]));
                }
            }
        }

        /** Where each pixel of a task comes from: Fisher and Yates, from a generator of the task's own. */
        int[] permutation(int task, int pixels) {
            SplitMix64 random = new SplitMix64(seed).split(task);
            int[] source = new int[pixels];
            for (int pixel = 0; pixel < pixels; pixel++) {
                source[pixel] = pixel;
            }
            for (int i = pixels - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                int swapped = source[i];
                source[i] = source[j];
                source[j] = swapped;
            }
            return source;
        }
    }

    /**
     * Samples are turned around their centre, counter-clockwise, each task further by the same angle (Lopez-Paz and Ranzato
     * 2017, "Gradient Episodic Memory for Continual Learning", MNIST Rotations). Bilinear, 0 where there was nothing, rounded to
     * the nearest {@code uint8}.
     *
     * @param degreesPerTask the angle from one task to the next
     */
    record Rotation(double degreesPerTask) implements DomainShift {
        @Override
        public String description() {
            return degreesPerTask + " degrees per task";
        }

        @Override
        public void shift(SampleItems from, SampleItems to, int task, List<Integer> shape) {
            Turn turn = new Turn(shape.get(1), shape.get(2), Math.toRadians(task * degreesPerTask));
            int pixels = shape.get(1) * shape.get(2);
            for (int row = 0; row < from.samples(); row++) {
                ByteBuffer source = from.row(row);
                ByteBuffer turned = to.row(row);
                for (int start = 0; start < source.capacity(); start += pixels) {
                    turn.plane(source, turned, start);
                }
            }
        }
    }
}
