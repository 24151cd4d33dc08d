package io.engram.replay;

import java.util.Arrays;

/**
 * Class-balanced sampling (Kang et al.: Decoupling Representation and Classifier for Long-Tailed Recognition, ICLR 2020,
 * equation 1 with q = 0): each held class with the same probability, then each of its samples with the same. No sample comes
 * twice within one draw; a class of which all are drawn leaves the others to share.
 *
 * <p>Within a class it draws as {@link UniformSampling} does, and takes its steps back, too.
 */
final class ClassBalancedSampling implements SamplingPolicy {
    /** Labels of the classes with samples left, and how many of each are drawn. */
    private int[] labels = {};

    private int[] taken = {};
    private int left;

    private int[] drawnLabels = {};
    private int[] drawnRanks = {};
    private int[] partners = {};

    @Override
    public boolean byClass() {
        return true;
    }

    @Override
    public void draw(Slots slots, int count, int[] drawn, SplitMix64 random) {
        Classes classes = slots.classes();
        begin(classes, count);
        for (int i = 0; i < count; i++) {
            int choice = random.nextInt(left);
            int label = labels[choice];
            int rank = taken[choice];
            int partner = rank + random.nextInt(classes.held(label) - rank);
            classes.swap(label, rank, partner);
            drawn[i] = classes.slot(label, rank);
            drawnLabels[i] = label;
            drawnRanks[i] = rank;
            partners[i] = partner;
            took(choice, classes.held(label));
        }
        for (int i = count - 1; i >= 0; i--) {
            classes.swap(drawnLabels[i], drawnRanks[i], partners[i]);
        }
    }

    private void begin(Classes classes, int count) {
        if (labels.length < classes.labelLimit()) {
            labels = new int[classes.labelLimit()];
            taken = new int[classes.labelLimit()];
        }
        if (partners.length < count) {
            drawnLabels = new int[count];
            drawnRanks = new int[count];
            partners = new int[count];
        }
        left = 0;
        for (int label = 0; label < classes.labelLimit(); label++) {
            if (classes.held(label) > 0) {
                labels[left++] = label;
            }
        }
        Arrays.fill(taken, 0, left, 0);
    }

    private void took(int choice, int held) {
        taken[choice]++;
        if (taken[choice] == held) {
            left--;
            labels[choice] = labels[left];
            taken[choice] = taken[left];
        }
    }
}
