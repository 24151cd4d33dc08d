package io.engram.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What each insertion policy promises beyond what all do: small streams by hand, and any stream beside its paper in lists. */
class BalancedPoliciesTest {
    @Test
    void firstInFirstOutHoldsTheNewest() {
        var buffer = buffer("fifo", 5, 1);
        buffer.insert(Batches.numbered(0, 17));
        assertThat(Batches.bySlot(buffer)).containsExactlyInAnyOrder(12L, 13L, 14L, 15L, 16L);
    }

    /**
     * By hand, 6 slots: class 0 fills them with 0 to 5. Samples 6 and 7 of class 1 (quota 3) take the oldest of class 0, 0 and
     * 1. Sample 8 of class 0, which holds 4, takes its own oldest, 2. Sample 9 of class 1, which holds 2, takes the oldest of
     * class 0, 3. Sample 10 of class 1, which holds 3, takes its own oldest, 6.
     */
    @Test
    void aRingTurnsWithinItsQuotaAndGivesItsOldestAboveIt() {
        var buffer = buffer("ring", 6, 1);
        buffer.insert(Batches.labelled(0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 1, 1));
        assertThat(Batches.bySlot(buffer)).containsExactlyInAnyOrder(4L, 5L, 8L, 7L, 9L, 10L);
    }

    /**
     * By hand, 7 slots: class 4 keeps 0 to 6 and not 7; class 2 arrives (quota 3), class 4 is cut to 0, 1, 2, and class 2
     * keeps 8 to 10 of 8 to 11; class 9 arrives (quota 2): 0, 1 and 8, 9 stay, and 12, 13 of 12 to 14.
     */
    @Test
    void rankedKeepsTheFirstOfEachClassAndCutsAllWhenAClassArrives() {
        var buffer = buffer("ranked", 7, 1);
        buffer.insert(Batches.labelled(0, 4, 4, 4, 4, 4, 4, 4, 4));
        assertThat(Batches.bySlot(buffer)).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L, 6L);
        buffer.insert(Batches.labelled(8, 2, 2, 2, 2));
        assertThat(Batches.bySlot(buffer)).containsExactlyInAnyOrder(0L, 1L, 2L, 8L, 9L, 10L);
        buffer.insert(Batches.labelled(12, 9, 9, 9));
        assertThat(Batches.bySlot(buffer)).containsExactlyInAnyOrder(0L, 1L, 8L, 9L, 12L, 13L);
        assertThat(buffer.memoryBytes()).isEqualTo(buffer.settings().memoryBytes(6));
    }

    @Test
    void rankedWithMoreClassesThanSlotsKeepsOneOfTheFirstClasses() {
        var buffer = buffer("ranked", 3, 1);
        buffer.insert(Batches.labelled(0, 0, 0, 1, 2, 3, 4, 0));
        assertThat(Batches.bySlot(buffer)).containsExactlyInAnyOrder(0L, 2L, 3L);
    }

    @Property
    void ranksAreTheFirstOfTheStreamForAnyStream(
            @ForAll @Size(max = 60) List<@IntRange(max = 6) Integer> labels,
            @ForAll @IntRange(min = 1, max = 12) int capacity) {
        var kept = new TreeMap<Integer, List<Long>>();
        for (int i = 0; i < labels.size(); i++) {
            kept.computeIfAbsent(labels.get(i), label -> new ArrayList<>());
            int quota = Math.max(1, capacity / kept.size());
            kept.values().forEach(ranked -> cut(ranked, quota));
            long held = kept.values().stream().mapToLong(List::size).sum();
            if (kept.get(labels.get(i)).size() < quota && held < capacity) {
                kept.get(labels.get(i)).add((long) i);
            }
        }
        assertThat(Batches.bySlot(filled("ranked", capacity, 0, labels)))
                .containsExactlyInAnyOrderElementsOf(
                        kept.values().stream().flatMap(List::stream).toList());
    }

    @Property
    void ringsAreTheLastOfTheStreamForAnyStream(
            @ForAll @Size(max = 60) List<@IntRange(max = 6) Integer> labels,
            @ForAll @IntRange(min = 1, max = 12) int capacity) {
        var rings = new TreeMap<Integer, List<Long>>();
        for (int i = 0; i < labels.size(); i++) {
            List<Long> own = rings.computeIfAbsent(labels.get(i), label -> new ArrayList<>());
            int quota = Math.max(1, capacity / rings.size());
            long held = rings.values().stream().mapToLong(List::size).sum();
            if (own.size() >= quota) {
                own.remove(0);
            } else if (held == capacity) {
                int largest = rings.values().stream().mapToInt(List::size).max().orElseThrow();
                rings.values().stream()
                        .filter(ring -> ring.size() == largest)
                        .findFirst()
                        .orElseThrow()
                        .remove(0);
            }
            own.add((long) i);
        }
        assertThat(Batches.bySlot(filled("ring", capacity, 0, labels)))
                .containsExactlyInAnyOrderElementsOf(
                        rings.values().stream().flatMap(List::stream).toList());
    }

    /**
     * By hand, with the generator tested on its own, 4 slots: 0, 1, 2 of class 0 and 3 of class 1 fill them. Sample 4 of class
     * 0 is at 3 of 4 / 2: not stored. Sample 5 of class 1 holds 1, below 2: it replaces one of the only largest class, 0.
     */
    @Test
    void greedyBalancingReplacesARandomSampleOfTheLargestClass() {
        for (long seed = 0; seed < 20; seed++) {
            var buffer = buffer("greedy-balanced", 4, seed);
            buffer.insert(Batches.labelled(0, 0, 0, 0, 1, 0, 1));
            var random = new SplitMix64(seed).split(1);
            random.nextInt(1);
            List<Long> expected = new ArrayList<>(List.of(0L, 1L, 2L, 3L));
            expected.set(random.nextInt(3), 5L);
            assertThat(Batches.bySlot(buffer)).isEqualTo(expected);
        }
    }

    /** Where every class offered at least its share, shares differ by at most one. */
    @Property
    void greedyBalancingBalancesWhateverTheOrder(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 40) int capacity,
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 40, max = 60) Integer> sizes) {
        List<Integer> labels = new ArrayList<>();
        for (int label = 0; label < sizes.size(); label++) {
            for (int i = 0; i < sizes.get(label); i++) {
                labels.add(label);
            }
        }
        ReplayBuffer buffer = filled("greedy-balanced", capacity, seed, labels);
        int[] counts = counts(buffer, sizes.size());
        assertThat(buffer.size()).isEqualTo(capacity);
        for (int count : counts) {
            assertThat(count).isBetween(capacity / sizes.size() - 1, capacity / sizes.size() + 1);
        }
    }

    /** The paper's section 3: all samples of a class are stored as long as it is not full. */
    @Property
    void classBalancedReservoirsKeepEverySampleOfASmallClass(
            @ForAll long seed, @ForAll @Size(min = 1, max = 3) List<@IntRange(min = 1, max = 200) Integer> places) {
        List<Integer> labels = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            labels.add(i > 0 && places.contains(i) ? 1 : 0);
        }
        ReplayBuffer buffer = filled("class-balanced-reservoir", 10, seed, labels);
        long ofClass1 = places.stream().distinct().count();
        assertThat(counts(buffer, 2)).containsExactly((int) (10 - ofClass1), (int) ofClass1);
    }

    /** The paper's figure 1: classes with more than their share end with equal shares, however unequal the stream. */
    @Property(tries = 50)
    void classBalancedReservoirsBalanceAnImbalancedStream(@ForAll long seed) {
        var order = new SplitMix64(seed);
        List<Integer> labels = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            int draw = order.nextInt(100);
            labels.add(draw < 80 ? 0 : draw < 95 ? 1 : 2);
        }
        int[] counts = counts(filled("class-balanced-reservoir", 30, seed, labels), 3);
        for (int count : counts) {
            assertThat(count).isBetween(9, 11);
        }
    }

    /**
     * By hand, 2 slots: sample 0 of class 0 and 1 of class 1 fill them; both classes were largest, so both are full. Sample 2
     * of class 0 replaces sample 0 where {@code nextLong(2)} is below 1, sample 3 where {@code nextLong(3)} is.
     */
    @Test
    void aFullClassIsAReservoirOfItsOwn() {
        for (long seed = 0; seed < 20; seed++) {
            var buffer = buffer("class-balanced-reservoir", 2, seed);
            buffer.insert(Batches.labelled(0, 0, 1, 0, 0));
            var random = new SplitMix64(seed).split(1);
            long held = random.nextLong(2) < 1 ? 2 : 0;
            held = random.nextLong(3) < 1 ? 3 : held;
            assertThat(Batches.bySlot(buffer)).containsExactly(held, 1L);
        }
    }

    @Test
    void labelsBeyondTheBoundAreRefusedWhereClassesAreCounted() {
        var buffer = buffer("ring", 2, 0);
        buffer.insert(Batches.labelled(0, 65_535));
        assertThatThrownBy(() -> buffer.insert(Batches.labelled(0, 0, 65_536)))
                .hasMessage("labels[1] was 65536; allowed: 0 to 65535, as the buffer balances classes");
        buffer("fifo", 2, 0).insert(Batches.labelled(0, Integer.MAX_VALUE));
    }

    private static void cut(List<Long> ranked, int quota) {
        while (ranked.size() > quota) {
            ranked.remove(ranked.size() - 1);
        }
    }

    private static ReplayBuffer buffer(String policy, int capacity, long seed) {
        return new ReplayBuffer(Batches.settings(policy, "uniform", capacity, seed));
    }

    private static ReplayBuffer filled(String policy, int capacity, long seed, List<Integer> labels) {
        ReplayBuffer buffer = buffer(policy, capacity, seed);
        buffer.insert(
                Batches.labelled(0, labels.stream().mapToInt(Integer::intValue).toArray()));
        return buffer;
    }

    private static int[] counts(ReplayBuffer buffer, int classes) {
        var all = new SampleBatch(buffer.settings().capacity(), Batches.ITEM_BYTES);
        buffer.scan(0, all);
        int[] counts = new int[classes];
        for (int i = 0; i < all.size(); i++) {
            counts[all.labels()[i]]++;
        }
        return counts;
    }
}
