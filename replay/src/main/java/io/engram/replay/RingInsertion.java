package io.engram.replay;

/**
 * A ring for each class (Chaudhry et al.: On Tiny Episodic Memories in Continual Learning, 2019, section 3.1 and Algorithm 3):
 * the newest samples of each class stay, up to the same quota for each, capacity / classes. The paper knows the number of
 * classes beforehand; here it is the number seen so far, and a class that is over the quota since another one came gives its
 * oldest sample when the memory is full and a class below the quota needs room.
 *
 * <p>Of several classes of the same size the one with the lowest label gives. The quota is at least 1: with more classes
 * than slots, the newest class always has one.
 */
final class RingInsertion implements InsertionPolicy {
    @Override
    public boolean byClass() {
        return true;
    }

    @Override
    public int slotFor(Slots slots, int label, int task, float score, SplitMix64 random) {
        Classes classes = slots.classes();
        if (classes.held(label) >= Quotas.after(slots, label)) {
            return classes.slot(label, 0);
        }
        return slots.full() ? classes.slot(Quotas.largestClass(classes), 0) : slots.size();
    }
}
