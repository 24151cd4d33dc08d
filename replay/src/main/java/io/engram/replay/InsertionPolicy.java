package io.engram.replay;

/**
 * Decides which samples a buffer keeps. One instance belongs to one buffer and is called on the thread that calls the
 * buffer. An implementation draws randomness only from the generator it is given, in an order that depends on nothing but
 * the samples offered, and keeps no other state than what follows from {@link Slots}, so that a stored buffer goes on
 * exactly.
 */
interface InsertionPolicy {
    /** The answer for a sample that is not kept, and where nothing goes. */
    int NOT_KEPT = -1;

    /** Whether it asks for {@link Slots#classes()}. Labels are then below {@value BufferSettings#MAX_CLASSES}. */
    default boolean byClass() {
        return false;
    }

    /**
     * Whether samples have scores, which {@link Slots#score} gives: the last {@value Float#BYTES} bytes of each, a little-endian
     * float32, finite and 0 or more.
     */
    default boolean byScore() {
        return false;
    }

    /** Whether what stays follows from how many were offered, as {@link ReservoirForecast} tells it. */
    default boolean foreseeable() {
        return false;
    }

    /**
     * Which sample goes before the next one is offered. Asked again until nothing goes; the last filled slot moves into
     * each slot that becomes free.
     *
     * @param slots the buffer now
     * @param label the next sample's class
     * @return a filled slot, or {@link #NOT_KEPT} where nothing goes
     */
    default int evicted(Slots slots, int label) {
        return NOT_KEPT;
    }

    /**
     * Where a sample goes.
     *
     * @param slots the buffer before this sample, and after {@link #evicted}
     * @param label the sample's class
     * @param task the task it came with
     * @param score the sample's score; 0 where the policy asks for none
     * @param random the buffer's generator for insertion
     * @return a filled slot, whose sample is replaced; {@code slots.size()}, the next free one, where the buffer is not
     *     full; or {@link #NOT_KEPT}
     */
    int slotFor(Slots slots, int label, int task, float score, SplitMix64 random);
}
