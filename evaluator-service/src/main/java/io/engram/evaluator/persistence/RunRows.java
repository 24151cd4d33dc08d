package io.engram.evaluator.persistence;

import io.engram.evaluator.domain.RunResults;
import io.engram.evaluator.domain.RunTitle;
import io.engram.evaluator.domain.TaskToEvaluate;
import io.engram.proto.name.RunName;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The statements on the table {@code run}. */
final class RunRows {
    private RunRows() {}

    /** Writes what the event says of its run, and holds the row until the transaction ends. */
    static void lock(Handle handle, TaskToEvaluate task) {
        handle.createUpdate("insert into run (run, display_name, method, dataset, task_count)"
                        + " values (:run, :displayName, :method, :dataset, :taskCount)"
                        + " on conflict (run) do update set display_name = excluded.display_name,"
                        + " method = excluded.method, dataset = excluded.dataset, task_count = excluded.task_count")
                .bind("run", task.task().run().run())
                .bind("displayName", task.run().displayName())
                .bind("method", task.run().method())
                .bind("dataset", task.run().dataset())
                .bind("taskCount", task.taskCount())
                .execute();
    }

    static void describe(Handle handle, RunName run, String scenario) {
        handle.createUpdate("update run set scenario = :scenario where run = :run")
                .bind("run", run.run())
                .bind("scenario", scenario)
                .execute();
    }

    static Optional<RunResults> find(Handle handle, RunName run) {
        return handle.createQuery("select * from run where run = :run")
                .bind("run", run.run())
                .map((row, context) -> new RunResults(
                        run,
                        new RunTitle(row.getString("display_name"), row.getString("method"), row.getString("dataset")),
                        Optional.ofNullable(row.getString("scenario")),
                        row.getInt("task_count"),
                        EvaluationRows.ofRun(handle, run, -1, Integer.MAX_VALUE),
                        FailureRows.ofRun(handle, run)))
                .findOne();
    }
}
