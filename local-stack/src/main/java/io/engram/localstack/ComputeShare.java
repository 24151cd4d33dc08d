package io.engram.localstack;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How trainer and evaluator of a local stack share the processors with each other and the rest of the machine.
 *
 * <p>A step is as slow as the slowest of its threads. Where there are more than two processors, one is left to the broker,
 * the database and the other services; on two, the trainer takes both, and the evaluator, the only other one with work that
 * lasts, yields to it: it may use both, and does between tasks and after the last. libtorch's threads spin while they wait for
 * each other, which is fastest on processors that are free and costs most of the speed on processors that are not.
 *
 * @param threads libtorch's threads in the trainer
 * @param spins whether they spin while they wait; they sleep otherwise
 * @param evaluatorYields whether the evaluator takes what the trainer leaves
 */
record ComputeShare(int threads, boolean spins, boolean evaluatorYields) {
    private static final Duration LOOK = Duration.ofMillis(100);
    /** What keeps a processor busy does so in all of them; a short command does not. */
    private static final int LOOKS = 8;

    /** In processors, of everything but this process. */
    private static final double QUIET = 0.2;

    /** What suits this machine as busy as it is now; looks at it for a moment. */
    static ComputeShare ofThisMachine() {
        int processors = Runtime.getRuntime().availableProcessors();
        boolean quiet = IntStream.range(0, LOOKS)
                .mapToObj(look -> OtherLoad.over(LOOK))
                .anyMatch(load -> load.stream().anyMatch(l -> l <= QUIET));
        return of(processors, quiet);
    }

    /** @param quiet whether the processors are free but for this stack */
    static ComputeShare of(int processors, boolean quiet) {
        boolean few = processors <= 2;
        return new ComputeShare(few ? processors : processors - 1, quiet && processors > 1, few);
    }

    /** Settings of the evaluator's OpenMP: it shares the processors with the others, and must not keep them from working. */
    Map<String, String> evaluatorEnvironment() {
        return Map.of(
                "ENGRAM_COMPUTE_THREADS",
                evaluatorYields ? Integer.toString(threads) : "1",
                "OMP_WAIT_POLICY",
                "PASSIVE");
    }

    /**
     * Settings of the trainer's OpenMP (GNU libgomp manual, "Environment Variables"); a spin ends after about a
     * millisecond. Where they take all processors each keeps to its own: pushed aside, one would else be put beside the other,
     * which spins until both have had their turns.
     */
    Map<String, String> trainerEnvironment() {
        Map<String, String> openMp = new HashMap<>();
        openMp.put("ENGRAM_COMPUTE_THREADS", Integer.toString(threads));
        openMp.put("OMP_WAIT_POLICY", spins ? "ACTIVE" : "PASSIVE");
        if (spins) {
            openMp.put("GOMP_SPINCOUNT", "300000");
        }
        if (spins && evaluatorYields) {
            openMp.put("OMP_PROC_BIND", "true");
        }
        return openMp;
    }
}
