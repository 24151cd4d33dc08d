package io.engram.trainer.persistence;

import io.engram.learning.artifact.ArtifactReference;
import io.engram.learning.run.CurvePoint;
import io.engram.learning.run.MemoryUse;
import io.engram.learning.run.TrainingFigures;
import io.engram.proto.name.RunName;
import io.engram.trainer.application.Claim;
import io.engram.trainer.domain.LearnedTask;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/** The table {@code learned_task}: what was learned, by every attempt. */
final class LearnedTaskTable {
    private LearnedTaskTable() {}

    /** Tasks from one on were learned by attempts that the present one does not follow. */
    static boolean supersede(Handle handle, RunName run, int firstTask) {
        int superseded = handle.createUpdate("""
                update learned_task set superseded = true
                where run_id = :run and task_index >= :task and not superseded""")
                .bind("run", run.run())
                .bind("task", firstTask)
                .execute();
        return superseded > 0;
    }

    /**
     * A task that was superseded was learned again, and came out the same: the one that was told before is the run's again. Not
     * where something before it came out otherwise meanwhile, with which it was told to be void.
     *
     * @return whether there was such a one
     */
    static boolean reinstate(Handle handle, Claim claim, LearnedTask task) {
        return handle.createUpdate("""
                update learned_task t set superseded = false
                where run_id = :run and task_index = :task and artifact_sha256 = :sha256 and superseded
                    and attempt = (select max(attempt) from learned_task where run_id = :run and task_index = :task)
                    and not exists (select 1 from learned_task before where before.run_id = :run
                        and before.task_index < :task and before.attempt > t.attempt)""")
                        .bind("run", claim.run().run())
                        .bind("task", task.index())
                        .bind("sha256", task.artifact().sha256())
                        .execute()
                > 0;
    }

    /** @return whether it was not there before */
    static boolean insert(Handle handle, Claim claim, LearnedTask task, List<CurvePoint> curve) {
        MemoryUse memory = task.figures().memory();
        return handle.createUpdate("""
                insert into learned_task (run_id, attempt, task_index, labels, class_names, steps, samples, seconds,
                    loss, accuracy, network_bytes, training_bytes, method_bytes, replay_bytes,
                    curve_steps, curve_loss, curve_accuracy, artifact_uri, artifact_bytes, artifact_sha256)
                values (:run, :attempt, :task, :labels, :classNames, :steps, :samples, :seconds,
                    :loss, :accuracy, :network, :training, :method, :replay,
                    :curveSteps, :curveLoss, :curveAccuracy, :uri, :bytes, :sha256)
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
                        .bind("network", memory.network())
                        .bind("training", memory.training())
                        .bind("method", memory.method())
                        .bind("replay", memory.replay())
                        .bindArray(
                                "curveSteps",
                                Long.class,
                                curve.stream().map(CurvePoint::steps).toList())
                        .bindArray(
                                "curveLoss",
                                Double.class,
                                curve.stream().map(CurvePoint::loss).toList())
                        .bindArray(
                                "curveAccuracy",
                                Double.class,
                                curve.stream().map(CurvePoint::accuracy).toList())
                        .bind("uri", task.artifact().uri())
                        .bind("bytes", task.artifact().sizeBytes())
                        .bind("sha256", task.artifact().sha256())
                        .execute()
                > 0;
    }

    /** What each run has learned, in order, by id of the run. */
    static Map<String, List<LearnedTask>> ofRuns(Handle handle, List<String> runs) {
        Map<String, List<LearnedTask>> tasks = new HashMap<>();
        handle.createQuery("""
                select distinct on (run_id, task_index) run_id, task_index, attempt, labels, class_names, steps, samples,
                    seconds, loss, accuracy, network_bytes, training_bytes, method_bytes, replay_bytes,
                    artifact_uri, artifact_bytes, artifact_sha256
                from learned_task where run_id = any(:runs) and not superseded
                order by run_id, task_index, attempt desc""")
                .bindArray("runs", String.class, runs)
                .map((row, context) -> tasks.computeIfAbsent(row.getString("run_id"), run -> new ArrayList<>())
                        .add(read(row)))
                .list();
        return tasks;
    }

    /** By index of the task. */
    static SortedMap<Integer, List<CurvePoint>> curves(Handle handle, RunName run) {
        SortedMap<Integer, List<CurvePoint>> curves = new TreeMap<>();
        handle.createQuery("""
                select distinct on (task_index) task_index, curve_steps, curve_loss, curve_accuracy from learned_task
                where run_id = :run and not superseded order by task_index, attempt desc""")
                .bind("run", run.run())
                .map((row, context) -> curves.put(row.getInt("task_index"), curve(row)))
                .list();
        return curves;
    }

    private static List<CurvePoint> curve(ResultSet row) throws SQLException {
        Long[] steps = (Long[]) row.getArray("curve_steps").getArray();
        Double[] loss = (Double[]) row.getArray("curve_loss").getArray();
        Double[] accuracy = (Double[]) row.getArray("curve_accuracy").getArray();
        return IntStream.range(0, steps.length)
                .mapToObj(i -> new CurvePoint(steps[i], loss[i], accuracy[i]))
                .toList();
    }

    private static LearnedTask read(ResultSet row) throws SQLException {
        return new LearnedTask(
                row.getInt("task_index"),
                row.getInt("attempt"),
                List.of((Integer[]) row.getArray("labels").getArray()),
                List.of((String[]) row.getArray("class_names").getArray()),
                new TrainingFigures(
                        row.getLong("steps"),
                        row.getLong("samples"),
                        row.getDouble("seconds"),
                        row.getDouble("loss"),
                        row.getDouble("accuracy"),
                        new MemoryUse(
                                row.getLong("network_bytes"),
                                row.getLong("training_bytes"),
                                row.getLong("method_bytes"),
                                row.getLong("replay_bytes"))),
                new ArtifactReference(
                        row.getString("artifact_uri"),
                        row.getLong("artifact_bytes"),
                        row.getString("artifact_sha256")));
    }
}
