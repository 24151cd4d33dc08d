package io.engram.evaluator.application;

import io.engram.evaluator.domain.Evaluation;
import io.engram.evaluator.domain.Outcome;
import io.engram.evaluator.domain.RunResults;
import io.engram.evaluator.domain.ScoredModel;
import io.engram.evaluator.domain.TaskConfusion;
import io.engram.evaluator.domain.TaskToEvaluate;
import io.engram.proto.error.ApiException;
import io.engram.proto.event.EngramEvent;
import io.engram.proto.name.RunName;
import io.engram.proto.name.TaskName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Keeps evaluations. Used from any thread. */
public interface EvaluationStore {
    /** Whether an event was handled already, or tells of an attempt that a later one has replaced. */
    boolean isObsolete(TaskToEvaluate task);

    /**
     * Keeps an evaluation, what of the run it replaces gone, the event that told of it, and the event that tells of the
     * result, all or nothing.
     *
     * @return false where the event was handled meanwhile or a later attempt came first: then nothing changed but that the
     *     event counts as handled
     */
    boolean store(TaskToEvaluate task, ScoredModel scored, Instant time, Announcement announcement);

    /**
     * Keeps why a model could not be scored, what of the run it replaces gone. Nothing changes where a later attempt came
     * first, or where the event was handled.
     */
    void storeFailure(TaskToEvaluate task, ApiException failure, Instant time);

    /** All that is known of a run. */
    Optional<RunResults> find(RunName run);

    /** Which class the model of an evaluation takes for which; empty where there is none, or one from before this was kept. */
    Optional<TaskConfusion> findConfusion(TaskName task);

    /** Evaluations of a run by task, beginning after one. */
    List<Evaluation> ofRun(RunName run, int afterTask, int limit);

    /** Evaluations of all runs, newest first, beginning before a sequence number where there is one. */
    List<Evaluation> newest(OptionalLong beforeSequence, int limit);

    /** Evaluations and failures of a run that were stored after a sequence number, oldest first. */
    List<Outcome> storedAfter(RunName run, long sequence);

    /** Makes the event that tells of an evaluation. */
    interface Announcement {
        /** @param results the run with the new evaluation */
        EngramEvent of(Evaluation evaluation, RunResults results);
    }
}
