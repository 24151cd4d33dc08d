package io.engram.replay;

import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Every policy by the name it has in settings. A new one is one more line here. */
public final class PolicyCatalog {
    private static final SortedMap<String, Supplier<InsertionPolicy>> INSERTION = new TreeMap<>();
    private static final SortedMap<String, Supplier<SamplingPolicy>> SAMPLING = new TreeMap<>();

    static {
        INSERTION.put("class-balanced-reservoir", ClassBalancedReservoirInsertion::new);
        INSERTION.put("fifo", FifoInsertion::new);
        INSERTION.put("greedy-balanced", GreedyBalancedInsertion::new);
        INSERTION.put("least-similar", LeastSimilarInsertion::new);
        INSERTION.put("ranked", RankedInsertion::new);
        INSERTION.put("reservoir", ReservoirInsertion::new);
        INSERTION.put("ring", RingInsertion::new);

        SAMPLING.put("class-balanced", ClassBalancedSampling::new);
        SAMPLING.put("uniform", UniformSampling::new);
    }

    private PolicyCatalog() {}

    /** Names of the insertion policies, in alphabetical order. */
    public static Set<String> insertionPolicies() {
        return Collections.unmodifiableSet(INSERTION.keySet());
    }

    /** Names of the sampling policies, in alphabetical order. */
    public static Set<String> samplingPolicies() {
        return Collections.unmodifiableSet(SAMPLING.keySet());
    }

    /** Whether samples of a buffer with this insertion policy end with a score, as {@code least-similar} has it. */
    public static boolean byScore(String insertionPolicy) {
        return INSERTION.get(insertionPolicy).get().byScore();
    }

    static InsertionPolicy insertionPolicy(BufferSettings settings) {
        return INSERTION.get(settings.insertionPolicy()).get();
    }

    static SamplingPolicy samplingPolicy(BufferSettings settings) {
        return SAMPLING.get(settings.samplingPolicy()).get();
    }

    /** Whether nothing that a buffer does depends on samples it does not keep. */
    static boolean foreseeable(BufferSettings settings) {
        return insertionPolicy(settings).foreseeable() && !byClass(settings);
    }

    /** Whether one of a buffer's policies asks which slots hold which class. */
    static boolean byClass(BufferSettings settings) {
        return insertionPolicy(settings).byClass() || samplingPolicy(settings).byClass();
    }
}
