package io.engram.replay;

/**
 * The first samples of each class stay, in the order they came: for exemplars that are inserted best first, as herding
 * selects them (Rebuffi et al.: iCaRL, CVPR 2017, Algorithm 4). Each class has m = capacity / classes seen of them; when a
 * class arrives, each of the others is cut to its first m at once (Algorithm 5).
 *
 * <p>m is at least 1: with more classes than slots, the classes that came first keep one each.
 */
final class RankedInsertion implements InsertionPolicy {
    @Override
    public boolean byClass() {
        return true;
    }

    @Override
    public int evicted(Slots slots, int label) {
        Classes classes = slots.classes();
        if (classes.seen(label) > 0 || classes.largest() <= Quotas.after(slots, label)) {
            return NOT_KEPT;
        }
        int cut = Quotas.largestClass(classes);
        return classes.slot(cut, classes.held(cut) - 1);
    }

    @Override
    public int slotFor(Slots slots, int label, int task, float score, SplitMix64 random) {
        boolean room = !slots.full() && slots.classes().held(label) < Quotas.after(slots, label);
        return room ? slots.size() : NOT_KEPT;
    }
}
