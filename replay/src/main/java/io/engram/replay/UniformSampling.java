package io.engram.replay;

import java.util.Arrays;

/**
 * Each filled slot with the same probability, none twice within one draw: the first {@code count} steps of the
 * Fisher-Yates shuffle (Knuth: The Art of Computer Programming, volume 2, algorithm P) over the slots in order. The steps
 * are taken back afterwards, so that a draw depends on the generator and the number of filled slots alone, and costs
 * {@code count} steps rather than {@code size}.
 */
final class UniformSampling implements SamplingPolicy {
    /** Between draws {@code permutation[i] == i}. */
    private int[] permutation = {};

    private int[] partners = {};

    @Override
    public void draw(Slots slots, int count, int[] drawn, SplitMix64 random) {
        growTo(slots, count);
        int size = slots.size();
        for (int i = 0; i < count; i++) {
            int partner = i + random.nextInt(size - i);
            partners[i] = partner;
            swap(i, partner);
            drawn[i] = permutation[i];
        }
        for (int i = count - 1; i >= 0; i--) {
            swap(i, partners[i]);
        }
    }

    private void growTo(Slots slots, int count) {
        if (permutation.length < slots.size()) {
            int known = permutation.length;
            permutation = Arrays.copyOf(permutation, Slots.grownLength(slots.size(), slots.capacity()));
            for (int i = known; i < permutation.length; i++) {
                permutation[i] = i;
            }
        }
        if (partners.length < count) {
            partners = new int[Slots.grownLength(count, slots.capacity())];
        }
    }

    private void swap(int a, int b) {
        int value = permutation[a];
        permutation[a] = permutation[b];
        permutation[b] = value;
    }
}
