package io.engram.trainer.persistence;

import io.engram.learning.run.Progress;
import io.engram.proto.name.RunName;
import io.engram.trainer.domain.LearnedTask;
import io.engram.trainer.domain.ResumePoint;
import io.engram.trainer.domain.RunChange;
import io.engram.trainer.domain.RunState;
import io.engram.trainer.domain.TrainingRun;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** The table {@code run}. */
final class RunTable {
    private static final String SELECT = "select r.*, now() as database_now from run r ";

    private RunTable() {}

    static Optional<TrainingRun> find(Handle handle, RunName name) {
        return handle.createQuery(SELECT + "where id = :id")
                .bind("id", name.run())
                .map(RunRow::read)
                .findFirst()
                .map(row -> withTasks(handle, List.of(row)).get(0));
    }

    /** A row that nobody else changes until the transaction ends. */
    static Optional<RunRow> lock(Handle handle, RunName name) {
        return handle.createQuery(SELECT + "where id = :id for update")
                .bind("id", name.run())
                .map(RunRow::read)
                .findFirst();
    }

    /** The oldest row that a trainer may take, locked; rows that others have locked are passed over. */
    static Optional<RunRow> lockNext(Handle handle) {
        return handle.createQuery(SELECT + """
                        where status = 'QUEUED' and (not_before is null or not_before <= now())
                           or status = 'RUNNING' and lease_until < now()
                        order by sequence limit 1 for update skip locked""").map(RunRow::read).findFirst();
    }

    /** Rows of a query over {@code run r}, with their tasks. */
    static List<TrainingRun> list(Handle handle, String where, Function<Query, Query> bind) {
        List<RunRow> rows =
                bind.apply(handle.createQuery(SELECT + where)).map(RunRow::read).list();
        return withTasks(handle, rows);
    }

    private static List<TrainingRun> withTasks(Handle handle, List<RunRow> rows) {
        Map<String, List<LearnedTask>> tasks = LearnedTaskTable.ofRuns(
                handle, rows.stream().map(row -> row.name().run()).toList());
        return rows.stream()
                .map(row -> row.toRun(tasks.getOrDefault(row.name().run(), List.of())))
                .toList();
    }

    /** Writes the state after a move; a new attempt begins without progress. */
    static void write(Handle handle, RunName name, RunChange change) {
        RunState state = change.state();
        Update update = handle.createUpdate("""
                update run set status = :status, attempt = :attempt,
                    lost_attempts = coalesce(:lost, lost_attempts), not_before = :notBefore,
                    owner = :owner, lease_until = :leaseUntil,
                    failure_reason = :failureReason, failure_message = :failureMessage,
                    progress_task = case when :begins then null else progress_task end,
                    progress_epoch = case when :begins then null else progress_epoch end,
                    progress_step = case when :begins then null else progress_step end,
                    resumed_task = case when :begins then null else resumed_task end,
                    resumed_epoch = case when :begins then null else resumed_epoch end,
                    resumed_step = case when :begins then null else resumed_step end,
                    start_time = case when :begins then coalesce(start_time, now()) else start_time end,
                    end_time = case when :ends then now() else null end,
                    revision = revision + 1
                where id = :id""")
                .bind("id", name.run())
                .bind("status", state.status().name())
                .bind("attempt", state.attempt())
                .bind("begins", state instanceof RunState.Running)
                .bind("ends", state.status().isEnd());
        bindState(update, state).execute();
    }

    private static Update bindState(Update update, RunState state) {
        Integer lost = null;
        Instant notBefore = null;
        String owner = null;
        Instant leaseUntil = null;
        String reason = null;
        String message = null;
        if (state instanceof RunState.Queued queued) {
            lost = queued.lostAttempts();
            notBefore = queued.notBefore().orElse(null);
        } else if (state instanceof RunState.Running running) {
            lost = running.lostAttempts();
            owner = running.lease().owner();
            leaseUntil = running.lease().until();
        } else if (state instanceof RunState.Failed failed) {
            reason = failed.failure().reason();
            message = failed.failure().message();
        }
        return update.bind("lost", lost)
                .bind("notBefore", notBefore)
                .bind("owner", owner)
                .bind("leaseUntil", leaseUntil)
                .bind("failureReason", reason)
                .bind("failureMessage", message);
    }

    /**
     * Writes where an attempt begins, without asking who holds the run: call it with the row locked.
     *
     * @param unlearned whether tasks that were learned before count no more
     */
    static void writeBeginning(Handle handle, RunName name, Optional<ResumePoint> from, boolean unlearned) {
        handle.createUpdate("""
                update run set resumed_task = :task, resumed_epoch = :epoch, resumed_step = :step,
                    lost_attempts = case when :step > furthest_step then 0 else lost_attempts end,
                    furthest_step = greatest(furthest_step, :step),
                    revision = revision + :changes
                where id = :id""")
                .bind("id", name.run())
                .bind("task", from.map(ResumePoint::taskIndex).orElse(null))
                .bind("epoch", from.map(ResumePoint::epoch).orElse(null))
                .bind("step", from.map(ResumePoint::step).orElse(null))
                .bind("changes", from.isPresent() || unlearned ? 1 : 0)
                .execute();
    }

    /** Writes progress without asking who holds the run: call it with the row locked. */
    static void writeProgress(Handle handle, RunName name, Progress progress) {
        handle.createUpdate("""
                update run set progress_task = :task, progress_epoch = :epoch, progress_epochs = :epochs,
                    progress_step = :step, progress_total_steps = :totalSteps, progress_loss = :loss,
                    progress_accuracy = :accuracy, progress_samples_per_second = :samplesPerSecond,
                    progress_training_seconds = :trainingSeconds, progress_seconds_left = :secondsLeft,
                    revision = revision + 1
                where id = :id""")
                .bind("id", name.run())
                .bind("task", progress.taskIndex())
                .bind("epoch", progress.epoch())
                .bind("epochs", progress.epochs())
                .bind("step", progress.step())
                .bind("totalSteps", progress.totalSteps())
                .bind("loss", progress.loss())
                .bind("accuracy", progress.accuracy())
                .bind("samplesPerSecond", progress.samplesPerSecond())
                .bind("trainingSeconds", progress.trainingSeconds())
                .bind("secondsLeft", progress.secondsLeft())
                .execute();
    }
}
