package io.engram.evaluator.persistence;

import io.engram.evaluator.domain.ClassLabel;
import io.engram.evaluator.domain.Evaluation;
import io.engram.evaluator.domain.ScoredTask;
import io.engram.evaluator.domain.TaskToEvaluate;
import io.engram.learning.artifact.ArtifactReference;
import io.engram.learning.metric.NextTaskScore;
import io.engram.learning.metric.TaskScore;
import io.engram.proto.name.RunName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/** The statements on the tables {@code evaluation}, {@code task_score} and {@code next_task_score}. */
final class EvaluationRows {
    private static final String SELECT = "select e.*, r.task_count, s.scored_task, s.correct, s.total,"
            + " s.task_agnostic_correct, s.task_aware_correct, s.labels,"
            + " s.class_names, n.correct next_correct, n.untrained_correct next_untrained, n.total next_total"
            + " from (%s) e join run r using (run) join task_score s using (run, task_index)"
            + " left join next_task_score n using (run, task_index)"
            + " order by %s, s.scored_task";

    private EvaluationRows() {}

    static void insert(Handle handle, TaskToEvaluate task, List<ScoredTask> scores, Instant time) {
        handle.createUpdate(
                        "insert into evaluation (run, task_index, attempt, artifact_uri, artifact_size_bytes,"
                                + " artifact_sha256, evaluate_time) values (:run, :task, :attempt, :uri, :size, :sha256, :time)")
                .bind("run", task.task().run().run())
                .bind("task", task.task().taskIndex())
                .bind("attempt", task.attempt())
                .bind("uri", task.artifact().uri())
                .bind("size", task.artifact().sizeBytes())
                .bind("sha256", task.artifact().sha256())
                .bind("time", time.atOffset(ZoneOffset.UTC))
                .execute();
        PreparedBatch batch = handle.prepareBatch("insert into task_score (run, task_index, scored_task, correct,"
                + " total, accuracy, labels, class_names, task_agnostic_correct, task_aware_correct)"
                + " values (:run, :task, :scored, :correct, :total, :accuracy, :labels, :names, :agnostic, :aware)");
        for (ScoredTask scored : scores) {
            batch.bind("run", task.task().run().run())
                    .bind("task", task.task().taskIndex())
                    .bind("scored", scored.score().taskIndex())
                    .bind("correct", scored.score().correct())
                    .bind("total", scored.score().total())
                    .bind("accuracy", scored.score().accuracy())
                    .bind("agnostic", scored.score().taskAgnostic())
                    .bind("aware", scored.score().taskAware())
                    .bindArray(
                            "labels",
                            Integer.class,
                            scored.classes().stream().map(ClassLabel::label).toList())
                    .bindArray(
                            "names",
                            String.class,
                            scored.classes().stream().map(ClassLabel::name).toList())
                    .add();
        }
        batch.execute();
    }

    static void insert(Handle handle, TaskToEvaluate task, NextTaskScore next) {
        handle.createUpdate("insert into next_task_score (run, task_index, correct, untrained_correct, total)"
                        + " values (:run, :task, :correct, :untrained, :total)")
                .bind("run", task.task().run().run())
                .bind("task", task.task().taskIndex())
                .bind("correct", next.score().correct())
                .bind("untrained", next.untrained().map(TaskScore::correct))
                .bind("total", next.score().total())
                .execute();
    }

    static List<Evaluation> ofRun(Handle handle, RunName run, int afterTask, int limit) {
        return read(select(
                        handle,
                        "select * from evaluation where run = :run and task_index > :after order by task_index limit :limit",
                        "e.task_index")
                .bind("run", run.run())
                .bind("after", afterTask)
                .bind("limit", limit));
    }

    static List<Evaluation> newest(Handle handle, long beforeSequence, int limit) {
        return read(select(
                        handle,
                        "select * from evaluation where sequence < :before order by sequence desc limit :limit",
                        "e.sequence desc")
                .bind("before", beforeSequence)
                .bind("limit", limit));
    }

    static List<Evaluation> storedAfter(Handle handle, RunName run, long sequence) {
        return read(select(handle, "select * from evaluation where run = :run and sequence > :sequence", "e.sequence")
                .bind("run", run.run())
                .bind("sequence", sequence));
    }

    private static Query select(Handle handle, String evaluations, String order) {
        return handle.createQuery(SELECT.formatted(evaluations, order));
    }

    /** Each evaluation comes as one row for each of its scores, one after another. */
    private static List<Evaluation> read(Query query) {
        Map<Long, Evaluation> heads = new LinkedHashMap<>();
        Map<Long, List<ScoredTask>> scores = new HashMap<>();
        query.map((row, context) -> evaluation(row)).forEach(part -> {
            heads.putIfAbsent(part.sequence(), part);
            scores.computeIfAbsent(part.sequence(), sequence -> new ArrayList<>())
                    .addAll(part.scores());
        });
        return heads.values().stream()
                .map(head -> head.withScores(scores.get(head.sequence())))
                .toList();
    }

    private static Evaluation evaluation(ResultSet row) throws SQLException {
        return new Evaluation(
                row.getLong("sequence"),
                new RunName(row.getString("run")).task(row.getInt("task_index")),
                row.getInt("attempt"),
                row.getInt("task_count"),
                List.of(score(row)),
                nextTask(row),
                new ArtifactReference(
                        row.getString("artifact_uri"),
                        row.getLong("artifact_size_bytes"),
                        row.getString("artifact_sha256")),
                row.getObject("evaluate_time", OffsetDateTime.class).toInstant());
    }

    private static Optional<NextTaskScore> nextTask(ResultSet row) throws SQLException {
        OptionalLong correct = count(row, "next_correct");
        if (correct.isEmpty()) {
            return Optional.empty();
        }
        int task = row.getInt("task_index") + 1;
        long total = row.getLong("next_total");
        OptionalLong untrained = count(row, "next_untrained");
        return Optional.of(new NextTaskScore(
                new TaskScore(task, correct.getAsLong(), total),
                untrained.isPresent()
                        ? Optional.of(new TaskScore(task, untrained.getAsLong(), total))
                        : Optional.empty()));
    }

    private static OptionalLong count(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static ScoredTask score(ResultSet row) throws SQLException {
        Integer[] labels = (Integer[]) row.getArray("labels").getArray();
        String[] names = (String[]) row.getArray("class_names").getArray();
        return new ScoredTask(
                new TaskScore(
                        row.getInt("scored_task"),
                        row.getLong("correct"),
                        row.getLong("total"),
                        count(row, "task_agnostic_correct"),
                        count(row, "task_aware_correct")),
                IntStream.range(0, labels.length)
                        .mapToObj(index -> new ClassLabel(labels[index], names[index]))
                        .toList());
    }
}
