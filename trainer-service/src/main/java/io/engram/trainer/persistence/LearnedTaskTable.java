package io.engram.trainer.persistence;

import io.engram.learning.artifact.ArtifactReference;
import io.engram.learning.run.TrainingFigures;
import io.engram.trainer.application.Claim;
import io.engram.trainer.domain.LearnedTask;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The table {@code learned_task}: checkpoints. */
final class LearnedTaskTable {
    private LearnedTaskTable() {}

    /** @return whether it was not there before */
    static boolean insert(Handle handle, Claim claim, LearnedTask task) {
        return handle.createUpdate("""
                insert into learned_task (run_id, attempt, task_index, labels, class_names, steps, samples, seconds,
                    loss, accuracy, artifact_uri, artifact_bytes, artifact_sha256)
                values (:run, :attempt, :task, :labels, :classNames, :steps, :samples, :seconds,
                    :loss, :accuracy, :uri, :bytes, :sha256)
                on conflict do nothing""")
                        .bind("run", claim.run().run())
                        .bind("attempt", claim.attempt())
                        .bind("task", task.index())
                        .bindArray("labels", Integer.class, task.labels())
                        .bindArray("classNames", String.class, task.classNames())
                        .bind("steps", task.figures().steps())
                        .bind("samples", task.figures().samples())
                        .bind("seconds", task.figures().seconds())
                        .bind("loss", task.figures().loss())
                        .bind("accuracy", task.figures().accuracy())
                        .bind("uri", task.artifact().uri())
                        .bind("bytes", task.artifact().sizeBytes())
                        .bind("sha256", task.artifact().sha256())
                        .execute()
                > 0;
    }

    /** What the newest attempt of each run has learned, in order, by id of the run. */
    static Map<String, List<LearnedTask>> ofCurrentAttempts(Handle handle, List<String> runs) {
        Map<String, List<LearnedTask>> tasks = new HashMap<>();
        handle.createQuery("""
                select t.* from learned_task t join run r on r.id = t.run_id and r.attempt = t.attempt
                where r.id = any(:runs) order by t.run_id, t.task_index""")
                .bindArray("runs", String.class, runs)
                .map((row, context) -> tasks.computeIfAbsent(row.getString("run_id"), run -> new ArrayList<>())
                        .add(read(row)))
                .list();
        return tasks;
    }

    private static LearnedTask read(ResultSet row) throws SQLException {
        return new LearnedTask(
                row.getInt("task_index"),
                List.of((Integer[]) row.getArray("labels").getArray()),
                List.of((String[]) row.getArray("class_names").getArray()),
                new TrainingFigures(
                        row.getLong("steps"),
                        row.getLong("samples"),
                        row.getDouble("seconds"),
                        row.getDouble("loss"),
                        row.getDouble("accuracy")),
                new ArtifactReference(
                        row.getString("artifact_uri"),
                        row.getLong("artifact_bytes"),
                        row.getString("artifact_sha256")));
    }
}
