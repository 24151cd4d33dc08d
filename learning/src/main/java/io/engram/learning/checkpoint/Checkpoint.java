package io.engram.learning.checkpoint;

import io.engram.learning.artifact.ModuleFile;
import java.util.ArrayList;
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
 * @param computeThreads numbers of compute threads that the run was trained with so far, in turn, the last being those that made
 *     this; with another number it goes on, but results may differ in their last bits. Empty in files from before they were written
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
        List<Integer> computeThreads,
        Position position,
        List<Integer> order,
        Map<String, Long> generators,
        long memoryVersion,
        Map<String, List<StoredTensor>> tensors,
        Totals totals) {

    public Checkpoint {
        computeThreads = List.copyOf(computeThreads);
        order = List.copyOf(order);
        generators = Map.copyOf(generators);
        tensors = Map.copyOf(tensors);
    }

    /**
     * Looks whether a run can go on from here.
     *
     * @throws CorruptCheckpointException where it is of another method, on other data or on another module
     */
    public void requireOf(String runMethod, String fingerprint, Optional<ModuleFile> runModule) {
        if (!method.equals(runMethod) || !datasetFingerprint.equals(fingerprint)) {
            throw new CorruptCheckpointException(
                    "the checkpoint is of a run of " + method + " on data with fingerprint "
                            + datasetFingerprint + ", but this is a run of " + runMethod + " on data with fingerprint "
                            + fingerprint);
        }
        if (!moduleSha256.equals(runModule.map(ModuleFile::sha256))) {
            throw new CorruptCheckpointException("the checkpoint is of a run on "
                    + moduleSha256
                            .map(digest -> "the module with SHA-256 " + digest)
                            .orElse("no module")
                    + ", but this is one on "
                    + runModule.map(ModuleFile::toString).orElse("none"));
        }
    }

    /** Whether what made this had another number of compute threads, as far as it says. */
    public boolean hasOtherComputeThreads(int threads) {
        return !computeThreads.isEmpty() && computeThreads.get(computeThreads.size() - 1) != threads;
    }

    /** The numbers of compute threads of a run that goes on from here with so many. */
    public List<Integer> computeThreadsWith(int threads) {
        List<Integer> inTurn = new ArrayList<>(computeThreads);
        if (computeThreads.isEmpty() || hasOtherComputeThreads(threads)) {
            inTurn.add(threads);
        }
        return inTurn;
    }
}
