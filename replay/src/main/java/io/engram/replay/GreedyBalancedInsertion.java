package io.engram.replay;

/**
 * The greedy balancing sampler (Prabhu, Torr, Dokania: GDumb, ECCV 2020, Algorithm 1): a sample is stored where its class
 * was not seen before or has less than k / |classes seen before| samples; where the memory is full, a random sample of the
 * largest class goes. Of several largest classes each is chosen with the same probability.
 */
final class GreedyBalancedInsertion implements InsertionPolicy {
    @Override
    public boolean byClass() {
        return true;
    }

    @Override
    public int slotFor(Slots slots, int label, int task, float score, SplitMix64 random) {
        Classes classes = slots.classes();
        boolean belowQuota = (long) classes.held(label) * classes.classesSeen() < slots.capacity();
        if (classes.seen(label) > 0 && !belowQuota) {
            return NOT_KEPT;
        }
        if (!slots.full()) {
            return slots.size();
        }
        int largest = Quotas.anyLargestClass(classes, random);
        return classes.slot(largest, random.nextInt(classes.held(largest)));
    }
}
