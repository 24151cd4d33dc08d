package io.engram.learning.checkpoint;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a run needs to go on bit for bit as if it had not stopped, but for what its spec and the data set give. The replay
 * memory keeps its own state, under a version.
 *
 * @param method the method; another cannot go on from here
 * @param datasetFingerprint the data; others cannot go on from here
 * @param moduleSha256 digest of the file that is the network, where there is one; with another, nothing goes on from here
 * @param position where the run was
 * @param order rows of the task under way, in the order of the epoch under way; empty where no task is
 * @param generators states of the generators, by what they are for
 * @param memoryVersion the version of the replay memory; 0 where there is none
 * @param tensors tensors in native memory, by the list they are in
 * @param totals what was counted so far
 */
public record Checkpoint(
        String method,
        String datasetFingerprint,
        Optional<String> moduleSha256,
        Position position,
        List<Integer> order,
        Map<String, Long> generators,
        long memoryVersion,
        Map<String, List<StoredTensor>> tensors,
        Totals totals) {

    public Checkpoint {
        order = List.copyOf(order);
        generators = Map.copyOf(generators);
        tensors = Map.copyOf(tensors);
    }
}
