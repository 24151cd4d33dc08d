package io.engram.learning.run;

import ai.djl.Device;
import io.engram.learning.checkpoint.Checkpoint;
import io.engram.learning.tensor.TensorEngine;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What made a model: written into it, for those who want to make it again. */
final class Provenance {
    private final Map<String, String> fixed;
    private List<Integer> computeThreads;

    /** @param weights where those came from that the run began with, other than from its seed */
    Provenance(RunSpec spec, TensorEngine engine, Device device, Optional<String> weights) {
        Map<String, String> known = new HashMap<>(Map.of(
                "method", spec.method().name(),
                "seed", Long.toString(spec.seed().orElseThrow()),
                "engine", engine.description(),
                "device", device.toString()));
        weights.ifPresent(file -> known.put("weights", file));
        fixed = Map.copyOf(known);
        computeThreads = List.of(engine.threads());
    }

    /** Numbers of compute threads of all who trained it, in turn. */
    List<Integer> computeThreads() {
        return computeThreads;
    }

    void goOnFrom(Checkpoint checkpoint) {
        computeThreads = checkpoint.computeThreadsWith(computeThreads.get(computeThreads.size() - 1));
    }

    Map<String, String> now() {
        Map<String, String> now = new HashMap<>(fixed);
        now.put("compute_threads", computeThreads.stream().map(String::valueOf).collect(Collectors.joining(", ")));
        return Map.copyOf(now);
    }
}
