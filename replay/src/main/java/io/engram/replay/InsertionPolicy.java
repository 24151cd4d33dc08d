package io.engram.replay;

/**
 * Decides which samples a buffer keeps. One instance belongs to one buffer and is called on the thread that calls the
 * buffer. An implementation draws randomness only from the generator it is given, in an order that depends on nothing but
 * the samples offered, and keeps no other state than what follows from {@link Slots}, so that a stored buffer goes on
 * exactly.
 */
interface InsertionPolicy {
    /** The answer for a sample that is not kept. */
    int NOT_KEPT = -1;

    /**
     * Where a sample goes.
     *
     * @param slots the buffer before this sample
     * @param label the sample's class
     * @param task the task it came with
     * @param random the buffer's generator for insertion
     * @return a filled slot, whose sample is replaced; {@code slots.size()}, the next free one, where the buffer is not
     *     full; or {@link #NOT_KEPT}
     */
    int slotFor(Slots slots, int label, int task, SplitMix64 random);
}
