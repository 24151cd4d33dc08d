package io.engram.replay;

/**
 * Class-balancing reservoir sampling (Chrysakis, Moens: Online Continual Learning from Imbalanced Data, ICML 2020, Algorithm
 * 1). Once the memory is filled, a sample of a class that is not full replaces a random one of the largest class; one of a
 * full class replaces a random one of its own class with probability m / n, of whose n samples so far m are held. A class is
 * full from when it was the largest, or as large as the largest, in a filled memory: while the memory fills, the class of the
 * first sample is always the largest, however rare it is.
 *
 * <p>Of several largest classes each is chosen with the same probability. A full class of which all samples have gone, as
 * happens with more classes than slots, gets none again: m / n is 0.
 */
final class ClassBalancedReservoirInsertion implements InsertionPolicy {
    @Override
    public boolean byClass() {
        return true;
    }

    @Override
    public int slotFor(Slots slots, int label, int task, float score, SplitMix64 random) {
        if (!slots.full()) {
            return slots.size();
        }
        Classes classes = slots.classes();
        if (!classes.wasLargest(label)) {
            int largest = Quotas.anyLargestClass(classes, random);
            return classes.slot(largest, random.nextInt(classes.held(largest)));
        }
        // A place below m has probability m / n, and is then any of the m.
        long place = random.nextLong(classes.seen(label) + 1);
        return place < classes.held(label) ? classes.slot(label, (int) place) : NOT_KEPT;
    }
}
