package io.engram.evaluator.persistence;

import io.engram.evaluator.domain.EvaluationFailure;
import io.engram.evaluator.domain.TaskToEvaluate;
import io.engram.proto.error.ApiException;
import io.engram.proto.error.ErrorReason;
import io.engram.proto.name.RunName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The statements on the table {@code evaluation_failure}. */
final class FailureRows {
    private static final int LONGEST_MESSAGE = 2000;
    private static final String SELECT = "select f.*, r.task_count from evaluation_failure f join run r using (run)"
            + " where run = :run and sequence > :sequence order by ";

    private FailureRows() {}

    /** Its number is the next of the evaluations, so that both are in one order. */
    static void insert(Handle handle, TaskToEvaluate task, ApiException failure, Instant time) {
        String message = failure.getMessage().replace("\0", "");
        handle.createUpdate("insert into evaluation_failure (run, task_index, sequence, attempt, reason, message,"
                        + " fail_time) values (:run, :task,"
                        + " nextval(pg_get_serial_sequence('evaluation', 'sequence')), :attempt, :reason, :message,"
                        + " :time)")
                .bind("run", task.task().run().run())
                .bind("task", task.task().taskIndex())
                .bind("attempt", task.attempt())
                .bind("reason", failure.reason().code())
                .bind("message", message.substring(0, Math.min(LONGEST_MESSAGE, message.length())))
                .bind("time", time.atOffset(ZoneOffset.UTC))
                .execute();
    }

    static List<EvaluationFailure> ofRun(Handle handle, RunName run) {
        return select(handle, run, -1, "task_index");
    }

    static List<EvaluationFailure> storedAfter(Handle handle, RunName run, long sequence) {
        return select(handle, run, sequence, "sequence");
    }

    private static List<EvaluationFailure> select(Handle handle, RunName run, long afterSequence, String order) {
        return handle.createQuery(SELECT + order)
                .bind("run", run.run())
                .bind("sequence", afterSequence)
                .map((row, context) -> failure(row))
                .list();
    }

    private static EvaluationFailure failure(ResultSet row) throws SQLException {
        return new EvaluationFailure(
                row.getLong("sequence"),
                new RunName(row.getString("run")).task(row.getInt("task_index")),
                row.getInt("attempt"),
                row.getInt("task_count"),
                ErrorReason.ofCode(row.getString("reason")).orElse(ErrorReason.INTERNAL),
                row.getString("message"),
                row.getObject("fail_time", OffsetDateTime.class).toInstant());
    }
}
