package io.engram.trainer.application;

import io.engram.learning.run.CurvePoint;
import io.engram.proto.error.ApiException;
import io.engram.proto.name.RunName;
import io.engram.trainer.domain.TrainingRun;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;

/**
 * Where runs are kept, for everybody who asks about them. Used from any thread. Every method throws {@link ApiException}
 * UNAVAILABLE where the store does not answer; trying again may help then.
 */
public interface RunStore {
    /** Keeps a queued run and says so to the world. Where the request id was used before, that run and its fingerprint. */
    Kept create(NewRun run);

    /** The run that a request made, if there is one. */
    Optional<Kept> ofRequest(String requestId);

    Optional<TrainingRun> find(RunName name);

    /** Runs below a place in the order of acceptance, newest first. */
    List<TrainingRun> newest(OptionalLong below, int limit);

    /** The training curve of each task that the run has learned, by index; empty for one from before curves were kept. */
    SortedMap<Integer, List<CurvePoint>> curves(RunName name);

    /** The revision of each run that exists. */
    Map<RunName, Long> revisions(Collection<RunName> names);

    /**
     * Cancels a run that no trainer holds, and asks the trainer of one that is held.
     *
     * @throws ApiException RUN_NOT_FOUND, or RUN_ENDED for one that ended otherwise
     */
    TrainingRun cancel(RunName name);

    /** How many runs there are by name of their status. */
    Map<String, Long> countByStatus();

    /**
     * A run of a request.
     *
     * @param fingerprint of the spec that the request had
     */
    record Kept(TrainingRun run, String fingerprint) {}
}
