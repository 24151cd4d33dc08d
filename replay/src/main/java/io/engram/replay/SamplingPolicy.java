package io.engram.replay;

/**
 * Decides which samples are drawn from a buffer. One instance belongs to one buffer and is called on the thread that calls
 * the buffer. An implementation draws randomness only from the generator it is given, allocates nothing in a draw except
 * to grow with the buffer, and keeps no other state than what follows from {@link Slots}.
 */
interface SamplingPolicy {
    /** Whether it asks for {@link Slots#classes()}; see {@link InsertionPolicy#byClass()}. */
    default boolean byClass() {
        return false;
    }

    /**
     * Draws slots.
     *
     * @param slots the buffer
     * @param count how many, 0 to {@code slots.size()}
     * @param drawn the slots drawn, in order, from index 0; at least {@code count} long
     * @param random the buffer's generator for sampling
     */
    void draw(Slots slots, int count, int[] drawn, SplitMix64 random);
}
