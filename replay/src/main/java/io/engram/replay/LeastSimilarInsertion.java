package io.engram.replay;

/**
 * Samples that are like no other stay (Aljundi, Lin, Goujaud and Bengio: Gradient based sample selection for online continual
 * learning, NeurIPS 2019, Algorithm 2). Each comes with a score: 1 plus the largest cosine between its gradient and those of some
 * samples held, 0 to 2. A full buffer turns away what has 1 or more; of what it holds, one is drawn by its score, which goes with
 * the probability {@code its score / (its score + that of the new one)}.
 */
final class LeastSimilarInsertion implements InsertionPolicy {
    @Override
    public boolean byScore() {
        return true;
    }

    @Override
    public int slotFor(Slots slots, int label, int task, float score, SplitMix64 random) {
        if (!slots.full()) {
            return slots.size();
        }
        if (score >= 1) {
            return NOT_KEPT;
        }
        int drawn = drawn(slots, random);
        double held = slots.score(drawn);
        return random.nextDouble() * (held + score) < held ? drawn : NOT_KEPT;
    }

    private static int drawn(Slots slots, SplitMix64 random) {
        double sum = 0;
        for (int slot = 0; slot < slots.size(); slot++) {
            sum += slots.score(slot);
        }
        double left = random.nextDouble() * sum;
        int slot = 0;
        while (slot < slots.size() - 1 && left >= slots.score(slot)) {
            left -= slots.score(slot);
            slot++;
        }
        return slot;
    }
}
