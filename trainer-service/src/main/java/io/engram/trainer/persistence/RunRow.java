package io.engram.trainer.persistence;

import io.engram.learning.run.Progress;
import io.engram.proto.name.RunName;
import io.engram.trainer.domain.LearnedTask;
import io.engram.trainer.domain.Lease;
import io.engram.trainer.domain.ResumePoint;
import io.engram.trainer.domain.RunFailure;
import io.engram.trainer.domain.RunState;
import io.engram.trainer.domain.RunStatus;
import io.engram.trainer.domain.TrainingRun;
import io.engram.trainer.spec.RunSpecJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * A row of {@code run}.
 *
 * @param withoutTasks the run, whose tasks lie in another table
 * @param now the database's time when it was read
 */
record RunRow(TrainingRun withoutTasks, String fingerprint, Instant now) {
    static RunRow read(ResultSet row, StatementContext context) throws SQLException {
        TrainingRun run = new TrainingRun(
                new RunName(row.getString("id")),
                row.getLong("sequence"),
                row.getString("display_name"),
                RunSpecJson.parse(row.getString("spec")),
                state(row),
                row.getBoolean("cancel_requested"),
                row.getInt("task_count"),
                progress(row),
                resumedFrom(row),
                List.of(),
                instant(row, "create_time").orElseThrow(),
                instant(row, "start_time"),
                instant(row, "end_time"),
                row.getLong("revision"));
        return new RunRow(
                run,
                row.getString("request_fingerprint"),
                instant(row, "database_now").orElseThrow());
    }

    RunName name() {
        return withoutTasks.name();
    }

    RunState state() {
        return withoutTasks.state();
    }

    TrainingRun toRun(List<LearnedTask> tasks) {
        TrainingRun run = withoutTasks;
        return new TrainingRun(
                run.name(),
                run.sequence(),
                run.displayName(),
                run.spec(),
                run.state(),
                run.cancelRequested(),
                run.taskCount(),
                run.progress(),
                run.resumedFrom(),
                tasks,
                run.createTime(),
                run.startTime(),
                run.endTime(),
                run.revision());
    }

    private static RunState state(ResultSet row) throws SQLException {
        int attempt = row.getInt("attempt");
        int lost = row.getInt("lost_attempts");
        return switch (RunStatus.valueOf(row.getString("status"))) {
            case QUEUED -> new RunState.Queued(attempt, lost, instant(row, "not_before"));
            case RUNNING ->
                new RunState.Running(
                        attempt,
                        lost,
                        new Lease(
                                row.getString("owner"),
                                instant(row, "lease_until").orElseThrow()));
            case SUCCEEDED -> new RunState.Succeeded(attempt);
            case FAILED ->
                new RunState.Failed(
                        attempt, new RunFailure(row.getString("failure_reason"), row.getString("failure_message")));
            case CANCELLED -> new RunState.Cancelled(attempt);
        };
    }

    private static Optional<Progress> progress(ResultSet row) throws SQLException {
        long step = row.getLong("progress_step");
        if (row.wasNull()) {
            return Optional.empty();
        }
        return Optional.of(new Progress(
                row.getInt("progress_task"),
                row.getInt("progress_epoch"),
                row.getInt("progress_epochs"),
                step,
                row.getLong("progress_total_steps"),
                row.getDouble("progress_loss"),
                row.getDouble("progress_accuracy"),
                row.getDouble("progress_samples_per_second"),
                row.getDouble("progress_training_seconds"),
                row.getDouble("progress_seconds_left")));
    }

    private static Optional<ResumePoint> resumedFrom(ResultSet row) throws SQLException {
        long step = row.getLong("resumed_step");
        return row.wasNull()
                ? Optional.empty()
                : Optional.of(new ResumePoint(row.getInt("resumed_task"), row.getInt("resumed_epoch"), step));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
    }
}
