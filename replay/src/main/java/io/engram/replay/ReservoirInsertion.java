package io.engram.replay;

/**
 * Reservoir sampling, Algorithm R (Vitter: Random Sampling with a Reservoir, ACM TOMS 11(1), 1985, section 2): after n
 * samples were offered, each of them is held with probability capacity / n, whatever n is. Needs to know neither the
 * length of the stream nor where its tasks begin.
 */
final class ReservoirInsertion implements InsertionPolicy {
    @Override
    public boolean foreseeable() {
        return true;
    }

    @Override
    public int slotFor(Slots slots, int label, int task, float score, SplitMix64 random) {
        return place(slots.capacity(), slots.seen(), random);
    }

    /** The slot of the sample that comes after {@code seen} others, or {@link #NOT_KEPT}. */
    static int place(int capacity, long seen, SplitMix64 random) {
        if (seen < capacity) {
            return (int) seen;
        }
        long place = random.nextLong(seen + 1);
        return place < capacity ? (int) place : NOT_KEPT;
    }
}
