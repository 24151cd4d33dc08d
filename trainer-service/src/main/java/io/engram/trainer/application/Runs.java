package io.engram.trainer.application;

import io.engram.learning.run.CurvePoint;
import io.engram.proto.error.ApiException;
import io.engram.proto.error.ErrorReason;
import io.engram.proto.name.RunName;
import io.engram.proto.paging.Paging;
import io.engram.trainer.domain.RunStatus;
import io.engram.trainer.domain.TrainingRun;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;

/** Shows runs and stops them. Used from any thread. */
public final class Runs {
    private final RunStore store;
    private final Leftovers leftovers;
    private final Runnable cancelRequested;

    /** @param cancelRequested is told of every request to cancel */
    public Runs(RunStore store, Leftovers leftovers, Runnable cancelRequested) {
        this.store = store;
        this.leftovers = leftovers;
        this.cancelRequested = cancelRequested;
    }

    /** @throws ApiException RUN_NOT_FOUND */
    public TrainingRun get(RunName name) {
        return store.find(name).orElseThrow(() -> notFound(name));
    }

    /**
     * The training curve of each task learned so far, by index.
     *
     * @throws ApiException RUN_NOT_FOUND
     */
    public SortedMap<Integer, List<CurvePoint>> curves(RunName name) {
        get(name);
        return store.curves(name);
    }

    /** What somebody is told who asks for a run that is not there. */
    public static ApiException notFound(RunName name) {
        return ApiException.of(ErrorReason.RUN_NOT_FOUND, "name: was " + name + "; allowed: a run that was made here")
                .with("run", name.toString());
    }

    /**
     * A page of runs, newest first.
     *
     * @param pageToken as the client sent it, for the message about a token that is none
     */
    public Paging.Page<TrainingRun> list(Paging paging, String pageToken) {
        OptionalLong below = paging.after().isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(position(paging.after().get(), pageToken));
        List<TrainingRun> runs = store.newest(below, paging.size() + 1);
        return paging.cut(runs, run -> Long.toString(run.sequence()));
    }

    private static long position(String after, String pageToken) {
        try {
            return Long.parseLong(after);
        } catch (NumberFormatException notOurs) {
            throw Paging.badToken(pageToken);
        }
    }

    /** @throws ApiException RUN_NOT_FOUND or RUN_ENDED */
    public TrainingRun cancel(RunName name) {
        TrainingRun run = store.cancel(name);
        cancelRequested.run();
        if (run.state().status() == RunStatus.CANCELLED) {
            leftovers.discard(name, run.state().attempt());
        }
        return run;
    }
}
