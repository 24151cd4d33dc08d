package io.engram.replay;

/**
 * The generator behind everything random in a replay memory: SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom
 * Number Generators, OOPSLA 2014), with the golden-ratio increment and Stafford's mixing variant 13, as in Vigna's
 * reference {@code splitmix64.c}.
 *
 * <p>Its whole state is one number, so that it can be stored and taken up again exactly. The period is 2^64. Used by one
 * thread at a time.
 */
public final class SplitMix64 {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
    private static final double DOUBLE_UNIT = 0x1.0p-53;
    private static final float FLOAT_UNIT = 0x1.0p-24f;
    private static final long LOW_32_BITS = 0xffffffffL;

    private long state;

    /** A generator whose first value is the one that follows from {@code seed}; every seed is allowed. */
    public SplitMix64(long seed) {
        state = seed;
    }

    /** A generator that goes on exactly where the one with this {@link #state()} was. */
    public static SplitMix64 ofState(long state) {
        return new SplitMix64(state);
    }

    /** All there is to know about the generator; see {@link #ofState}. */
    public long state() {
        return state;
    }

    /** Any of the 2^64 numbers, each with the same probability. */
    public long nextLong() {
        state += GOLDEN_GAMMA;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /**
     * A number from 0 to {@code bound - 1}, without bias (Lemire: Fast Random Integer Generation in an Interval, ACM TOMACS
     * 2019, algorithm 5 with 32 bits).
     *
     * @throws IllegalArgumentException when {@code bound} is below 1
     */
    public int nextInt(int bound) {
        requirePositive(bound);
        long product = (nextLong() >>> 32) * bound;
        if ((product & LOW_32_BITS) < bound) {
            long threshold = (1L << 32) % bound;
            while ((product & LOW_32_BITS) < threshold) {
                product = (nextLong() >>> 32) * bound;
            }
        }
        return (int) (product >>> 32);
    }

    /**
     * A number from 0 to {@code bound - 1}, without bias (as {@link #nextInt}, with 64 bits).
     *
     * @throws IllegalArgumentException when {@code bound} is below 1
     */
    public long nextLong(long bound) {
        requirePositive(bound);
        long value = nextLong();
        if (Long.compareUnsigned(value * bound, bound) < 0) {
            long threshold = Long.remainderUnsigned(-bound, bound);
            while (Long.compareUnsigned(value * bound, threshold) < 0) {
                value = nextLong();
            }
        }
        return highBits(value, bound);
    }

    /** A number from 0 (inclusive) to 1 (exclusive), a multiple of 2^-53. */
    public double nextDouble() {
        return (nextLong() >>> 11) * DOUBLE_UNIT;
    }

    /** A number from 0 (inclusive) to 1 (exclusive), a multiple of 2^-24. */
    public float nextFloat() {
        return (nextLong() >>> 40) * FLOAT_UNIT;
    }

    /**
     * A generator of its own for one purpose, which follows from this one's state and the number of the stream; this one
     * does not move. All generators walk the same cycle of 2^64 states from starting points spread by a hash, so that two
     * streams of n values overlap with a probability of about n / 2^63.
     */
    public SplitMix64 split(long stream) {
        return new SplitMix64(scatter(state ^ scatter(stream + GOLDEN_GAMMA)));
    }

    /** The finaliser of MurmurHash3: another mixing than that of the values, so that no seed is a value of the parent. */
    private static long scatter(long bits) {
        long z = bits;
        z = (z ^ (z >>> 33)) * 0xff51afd7ed558ccdL;
        z = (z ^ (z >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return z ^ (z >>> 33);
    }

    /** The upper 64 bits of the product of an unsigned and a positive number. */
    private static long highBits(long unsigned, long positive) {
        return Math.multiplyHigh(unsigned, positive) + ((unsigned >> 63) & positive);
    }

    private static void requirePositive(long bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound was " + bound + "; allowed: 1 or more");
        }
    }
}
