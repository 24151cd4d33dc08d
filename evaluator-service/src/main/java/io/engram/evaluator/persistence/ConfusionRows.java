package io.engram.evaluator.persistence;

import io.engram.evaluator.domain.ClassConfusion;
import io.engram.evaluator.domain.ClassLabel;
import io.engram.evaluator.domain.TaskConfusion;
import io.engram.evaluator.domain.TaskToEvaluate;
import io.engram.learning.metric.ConfusionMatrix;
import io.engram.proto.name.TaskName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;

/** The statements on the table {@code confusion_matrix}. What an evaluation is replaced or deleted with goes with it. */
final class ConfusionRows {
    private ConfusionRows() {}

    static void insert(Handle handle, TaskToEvaluate task, ClassConfusion confusion) {
        handle.createUpdate("insert into confusion_matrix (run, task_index, labels, class_names, counts)"
                        + " values (:run, :task, :labels, :names, :counts)")
                .bind("run", task.task().run().run())
                .bind("task", task.task().taskIndex())
                .bindArray(
                        "labels",
                        Integer.class,
                        confusion.classes().stream().map(ClassLabel::label).toList())
                .bindArray(
                        "names",
                        String.class,
                        confusion.classes().stream().map(ClassLabel::name).toList())
                // The driver makes a Long[] by reflection when it reads: native executables know the type from here.
                .bindArray(
                        "counts",
                        LongStream.of(confusion.matrix().counts()).boxed().toArray(Long[]::new))
                .execute();
    }

    static Optional<TaskConfusion> find(Handle handle, TaskName task) {
        return handle.createQuery("select attempt, labels, class_names, counts from confusion_matrix"
                        + " join evaluation using (run, task_index) where run = :run and task_index = :task")
                .bind("run", task.run().run())
                .bind("task", task.taskIndex())
                .map((row, context) -> new TaskConfusion(task, row.getInt("attempt"), confusion(row)))
                .findOne();
    }

    private static ClassConfusion confusion(ResultSet row) throws SQLException {
        Integer[] labels = (Integer[]) row.getArray("labels").getArray();
        String[] names = (String[]) row.getArray("class_names").getArray();
        Long[] counts = (Long[]) row.getArray("counts").getArray();
        return new ClassConfusion(
                IntStream.range(0, labels.length)
                        .mapToObj(index -> new ClassLabel(labels[index], names[index]))
                        .toList(),
                new ConfusionMatrix(
                        labels.length,
                        Arrays.stream(counts).mapToLong(Long::longValue).toArray()));
    }
}
