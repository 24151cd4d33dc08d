package io.engram.replay;

/**
 * Reservoir sampling, Algorithm R (Vitter: Random Sampling with a Reservoir, ACM TOMS 11(1), 1985, section 2): after n
 * samples were offered, each of them is held with probability capacity / n, whatever n is. Needs to know neither the
 * length of the stream nor where its tasks begin.
 */
final class ReservoirInsertion implements InsertionPolicy {
    @Override
    public int slotFor(Slots slots, int label, int task, float score, SplitMix64 random) {
        if (!slots.full()) {
            return slots.size();
        }
        long place = random.nextLong(slots.seen() + 1);
        return place < slots.capacity() ? (int) place : NOT_KEPT;
    }
}
