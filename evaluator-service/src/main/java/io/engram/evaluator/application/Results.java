package io.engram.evaluator.application;

import io.engram.evaluator.domain.Evaluation;
import io.engram.evaluator.domain.Outcome;
import io.engram.evaluator.domain.RunResults;
import io.engram.proto.error.ApiException;
import io.engram.proto.error.ErrorReason;
import io.engram.proto.name.RunName;
import io.engram.proto.paging.Paging;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.OptionalLong;

/** Answers questions about results. Used from any thread. */
@Singleton
public class Results {
    private final EvaluationStore store;

    /** @param store where they are */
    public Results(EvaluationStore store) {
        this.store = store;
    }

    /**
     * All that is known of a run.
     *
     * @throws ApiException RUN_NOT_FOUND before its first task-completed event was handled
     */
    public RunResults of(RunName run) {
        return store.find(run).orElseThrow(() -> notFound(run));
    }

    /**
     * A page of the evaluations of a run, by task.
     *
     * @throws ApiException RUN_NOT_FOUND, or INVALID_ARGUMENT for a page token of somebody else
     */
    public Paging.Page<Evaluation> pageOf(RunName run, Paging paging) {
        int afterTask = (int) position(paging).orElse(-1);
        List<Evaluation> entries = store.ofRun(run, afterTask, paging.size() + 1);
        if (entries.isEmpty()) {
            of(run);
        }
        return paging.cut(entries, entry -> Integer.toString(entry.task().taskIndex()));
    }

    /**
     * A page of all evaluations, newest first.
     *
     * @throws ApiException INVALID_ARGUMENT for a page token of somebody else
     */
    public Paging.Page<Evaluation> page(Paging paging) {
        List<Evaluation> entries = store.newest(position(paging), paging.size() + 1);
        return paging.cut(entries, entry -> Long.toString(entry.sequence()));
    }

    /** Outcomes of a run that were stored after a sequence number, oldest first; none where the run is not known. */
    public List<Outcome> storedAfter(RunName run, long sequence) {
        return store.storedAfter(run, sequence);
    }

    private static OptionalLong position(Paging paging) {
        if (paging.after().isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(paging.after().get()));
        } catch (NumberFormatException notOurs) {
            throw Paging.badToken(Paging.token(paging.after().get()));
        }
    }

    private static ApiException notFound(RunName run) {
        return ApiException.of(
                        ErrorReason.RUN_NOT_FOUND,
                        "run: was " + run + "; allowed: a run of which a task has been evaluated here")
                .with("run", run.toString());
    }
}
