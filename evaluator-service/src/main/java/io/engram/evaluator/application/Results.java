package io.engram.evaluator.application;

import io.engram.evaluator.domain.Comparison;
import io.engram.evaluator.domain.Evaluation;
import io.engram.evaluator.domain.Outcome;
import io.engram.evaluator.domain.RunResults;
import io.engram.evaluator.domain.TaskConfusion;
import io.engram.proto.error.ApiException;
import io.engram.proto.error.ErrorReason;
import io.engram.proto.name.RunName;
import io.engram.proto.name.TaskName;
import io.engram.proto.paging.Paging;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
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
        return find("run", run);
    }

    /**
     * All that is known of a run, and of one that it is compared with.
     *
     * @param reference empty for none
     * @throws ApiException RUN_NOT_FOUND where one is not known, INVALID_ARGUMENT where they are of two scenarios
     */
    public Comparison of(RunName run, Optional<RunName> reference) {
        Comparison comparison = new Comparison(of(run), reference.map(other -> find("reference", other)));
        comparison.difference().ifPresent(difference -> {
            throw ApiException.invalid(
                    ErrorReason.INVALID_ARGUMENT,
                    "reference",
                    reference.orElseThrow().toString(),
                    "a run of the same scenario as " + run + ", whose " + difference);
        });
        return comparison;
    }

    private RunResults find(String field, RunName run) {
        return store.find(run).orElseThrow(() -> notFound(field, run));
    }

    /**
     * Which class the model after a task takes for which.
     *
     * @throws ApiException RUN_NOT_FOUND where there is no evaluation of the task, or one from before this was kept
     */
    public TaskConfusion confusion(TaskName task) {
        return store.findConfusion(task).orElseThrow(() -> noConfusion(task));
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

    private ApiException noConfusion(TaskName task) {
        boolean isOld = of(task.run()).evaluations().stream()
                .anyMatch(evaluation -> evaluation.task().equals(task));
        String allowed = isOld
                ? "a task that was evaluated since confusion matrices are kept"
                : "a task after which the model has been evaluated here";
        return ApiException.of(ErrorReason.RUN_NOT_FOUND, "name: was " + task + "; allowed: " + allowed)
                .with("run", task.run().toString());
    }

    private static ApiException notFound(String field, RunName run) {
        return ApiException.of(
                        ErrorReason.RUN_NOT_FOUND,
                        field + ": was " + run + "; allowed: a run of which a task has been evaluated here")
                .with("run", run.toString());
    }
}
