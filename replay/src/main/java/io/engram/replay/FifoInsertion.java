package io.engram.replay;

/**
 * First in, first out: the newest samples stay, whatever their class (the sliding window of Chaudhry et al.: On Tiny
 * Episodic Memories in Continual Learning, 2019, section 3.1, without its classes).
 */
final class FifoInsertion implements InsertionPolicy {
    /** Every sample is kept, so the oldest is where the count of those seen comes round to. */
    @Override
    public int slotFor(Slots slots, int label, int task, float score, SplitMix64 random) {
        return (int) (slots.seen() % slots.capacity());
    }
}
