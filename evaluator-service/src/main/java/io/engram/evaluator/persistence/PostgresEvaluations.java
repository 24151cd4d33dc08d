package io.engram.evaluator.persistence;

import io.engram.evaluator.application.EvaluationStore;
import io.engram.evaluator.domain.Evaluation;
import io.engram.evaluator.domain.Outcome;
import io.engram.evaluator.domain.RunResults;
import io.engram.evaluator.domain.ScoredModel;
import io.engram.evaluator.domain.TaskConfusion;
import io.engram.evaluator.domain.TaskToEvaluate;
import io.engram.proto.error.ApiException;
import io.engram.proto.name.RunName;
import io.engram.proto.name.TaskName;
import io.engram.service.outbox.Outbox;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Results in PostgreSQL. What concerns one run is written by one transaction at a time, which holds the run's row; so its
 * evaluations get their sequence numbers in the order of commits.
 */
@Singleton
public class PostgresEvaluations implements EvaluationStore {
    private final Jdbi jdbi;
    private final Outbox outbox;

    /** @param outbox in the same database */
    public PostgresEvaluations(Jdbi jdbi, Outbox outbox) {
        this.jdbi = jdbi;
        this.outbox = outbox;
    }

    @Override
    public boolean isObsolete(TaskToEvaluate task) {
        return jdbi.withHandle(handle -> isHandled(handle, task.eventId()) || isReplaced(handle, task));
    }

    @Override
    public boolean store(TaskToEvaluate task, ScoredModel scored, Instant time, Announcement announcement) {
        return jdbi.inTransaction(handle -> {
            RunRows.lock(handle, task);
            if (!markHandled(handle, task.eventId()) || isReplaced(handle, task)) {
                return false;
            }
            deleteReplaced(handle, "evaluation", task, "<=");
            deleteReplaced(handle, "evaluation_failure", task, "<=");
            EvaluationRows.insert(handle, task, scored.tasks(), time);
            scored.nextTask().ifPresent(next -> EvaluationRows.insert(handle, task, next));
            RunRows.describe(handle, task.task().run(), scored.scenario());
            ConfusionRows.insert(handle, task, scored.confusion());
            RunResults results = RunRows.find(handle, task.task().run()).orElseThrow();
            Evaluation evaluation = results.evaluations().stream()
                    .filter(stored -> stored.task().equals(task.task()))
                    .findFirst()
                    .orElseThrow();
            outbox.append(handle, announcement.of(evaluation, results));
            return true;
        });
    }

    @Override
    public void storeFailure(TaskToEvaluate task, ApiException failure, Instant time) {
        jdbi.useTransaction(handle -> {
            RunRows.lock(handle, task);
            if (!isHandled(handle, task.eventId()) && !isReplaced(handle, task)) {
                deleteReplaced(handle, "evaluation", task, "<");
                deleteReplaced(handle, "evaluation_failure", task, "<=");
                FailureRows.insert(handle, task, failure, time);
            }
        });
    }

    @Override
    public Optional<RunResults> find(RunName run) {
        return jdbi.withHandle(handle -> RunRows.find(handle, run));
    }

    @Override
    public Optional<TaskConfusion> findConfusion(TaskName task) {
        return jdbi.withHandle(handle -> ConfusionRows.find(handle, task));
    }

    @Override
    public List<Evaluation> ofRun(RunName run, int afterTask, int limit) {
        return jdbi.withHandle(handle -> EvaluationRows.ofRun(handle, run, afterTask, limit));
    }

    @Override
    public List<Evaluation> newest(OptionalLong beforeSequence, int limit) {
        return jdbi.withHandle(handle -> EvaluationRows.newest(handle, beforeSequence.orElse(Long.MAX_VALUE), limit));
    }

    @Override
    public List<Outcome> storedAfter(RunName run, long sequence) {
        return jdbi.withHandle(handle -> Stream.<Outcome>concat(
                        EvaluationRows.storedAfter(handle, run, sequence).stream(),
                        FailureRows.storedAfter(handle, run, sequence).stream())
                .sorted(Comparator.comparingLong(Outcome::sequence))
                .toList());
    }

    private static boolean isHandled(Handle handle, String eventId) {
        return handle.createQuery("select exists (select 1 from handled_event where event_id = :id)")
                .bind("id", eventId)
                .mapTo(Boolean.class)
                .one();
    }

    private static boolean markHandled(Handle handle, String eventId) {
        return handle.createUpdate("insert into handled_event (event_id) values (:id) on conflict do nothing")
                        .bind("id", eventId)
                        .execute()
                == 1;
    }

    /** A later attempt began at this task or before it: from there on the run is that attempt's. */
    private static boolean isReplaced(Handle handle, TaskToEvaluate task) {
        return handle.createQuery("select exists (select 1 from"
                        + " (select run, task_index, attempt from evaluation"
                        + " union all select run, task_index, attempt from evaluation_failure) outcome"
                        + " where run = :run and task_index <= :task and attempt > :attempt)")
                .bind("run", task.task().run().run())
                .bind("task", task.task().taskIndex())
                .bind("attempt", task.attempt())
                .mapTo(Boolean.class)
                .one();
    }

    /**
     * What earlier attempts did from this task on did not happen in the run as it is now.
     *
     * @param ofThisTask which attempts of this task are replaced: {@code <} the given one, or {@code <=}
     */
    private static void deleteReplaced(Handle handle, String table, TaskToEvaluate task, String ofThisTask) {
        handle.createUpdate("delete from " + table + " where run = :run and (task_index = :task and attempt "
                        + ofThisTask + " :attempt or task_index > :task and attempt < :attempt)")
                .bind("run", task.task().run().run())
                .bind("task", task.task().taskIndex())
                .bind("attempt", task.attempt())
                .execute();
    }
}
