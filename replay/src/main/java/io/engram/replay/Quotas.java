package io.engram.replay;

/** What policies that share the slots among classes count with. */
final class Quotas {
    private Quotas() {}

    /** Slots for each class once a sample of this class was offered, at least 1: the capacity shared, rounded down. */
    static int after(Slots slots, int label) {
        Classes classes = slots.classes();
        int seen = classes.classesSeen() + (classes.seen(label) == 0 ? 1 : 0);
        return Math.max(1, slots.capacity() / seen);
    }

    /** The lowest label of the classes of which most samples are held; some sample is. */
    static int largestClass(Classes classes) {
        int label = 0;
        while (classes.held(label) < classes.largest()) {
            label++;
        }
        return label;
    }

    /** One of the classes of which most samples are held, each with the same probability; some sample is. */
    static int anyLargestClass(Classes classes, SplitMix64 random) {
        int tied = 0;
        for (int label = 0; label < classes.labelLimit(); label++) {
            tied += classes.held(label) == classes.largest() ? 1 : 0;
        }
        int left = random.nextInt(tied);
        int label = largestClass(classes);
        while (left > 0) {
            label++;
            left -= classes.held(label) == classes.largest() ? 1 : 0;
        }
        return label;
    }
}
