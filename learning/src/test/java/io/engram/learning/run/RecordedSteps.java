package io.engram.learning.run;

import io.engram.learning.artifact.FrozenModel;
import io.engram.learning.artifact.NamedTensor;
import io.engram.learning.dataset.Dataset;
import io.engram.learning.method.TaskContext;
import io.engram.learning.scenario.Batch;
import io.engram.learning.scenario.Task;
import io.engram.learning.scenario.TaskSamples;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains a run and records what every step was given, in the format of {@code bench/reference/parity.py}, so that a
 * reference can train on exactly the same.
 */
final class RecordedSteps {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final RecordingWriter out = new RecordingWriter(bytes);
    private final Run run;
    private final Rehearsal rehearsal;
    private int steps;

    private RecordedSteps(Run run) {
        this.run = run;
        rehearsal = run.rehearsal();
    }

    /**
     * Recording and end of a training.
     *
     * @param tensors what a frozen model holds: the weights, and the tensors of its classifier
     */
    record Result(byte[] recording, List<NamedTensor> tensors, int steps) {}

    static Result of(Run run) {
        RecordedSteps recorded = new RecordedSteps(run);
        try {
            return recorded.train();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Result train() throws IOException {
        Dataset dataset = run.scenario().dataset();
        out.writeInt(dataset.description().itemBytes());
        out.writeFloat(dataset.description().maximum());
        List<Task> tasks = run.scenario().tasks();
        for (Task task : tasks) {
            learn(task);
        }
        out.writeByte('E');
        FrozenModel model = run.freeze(tasks.get(tasks.size() - 1));
        return new Result(bytes.toByteArray(), model.weights(), steps);
    }

    /** As {@link TaskLoop} does it. */
    private void learn(Task task) throws IOException {
        boolean fromScratch = run.method().startsOver() || task.index() == 0;
        run.learner()
                .begin(run.scenario().classesUpTo(task.index()), run.method().startsOver(), false);
        out.writeByte('B');
        out.writeBoolean(fromScratch);
        out.writeTensors(run.learner().weights());
        RecordedCalls calls = new RecordedCalls(run);
        run.offer(task);
        TaskContext context = calls.in(run.context(task));
        run.learner().use(context.trainLoader().source());
        rehearsal.use(context.trainLoader().source().samples());
        run.method().beforeTask(context);
        calls.moveTo(out);
        int epochs = run.training().epochs(task.index(), context.trainLoader().batches());
        for (int epoch = 0; epoch < epochs; epoch++) {
            context.trainLoader()
                    .forEachBatch(batch -> step(task, context.trainLoader().source(), batch));
        }
        rehearsal.flush();
        run.method().afterTask(context);
        out.writeByte('A');
        calls.moveTo(out);
    }

    private void step(Task task, TaskSamples source, Batch batch) {
        try {
            rehearsal.announce(batch, task);
            rehearsal.prepare(batch);
            out.writeByte('S');
            out.writeNew(batch, source);
            out.writeReplayed(batch.replayed());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rehearsal.observed(batch, task, run.method().observe(batch, run.learner()));
        steps++;
    }

    /** Reads the result of the reference, one array of values for each parameter. */
    static List<float[]> readTensors(InputStream stream) throws IOException {
        List<float[]> tensors = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(stream)) {
            int count = in.readInt();
            for (int t = 0; t < count; t++) {
                int size = 1;
                for (int dimensions = in.readInt(); dimensions > 0; dimensions--) {
                    size *= in.readInt();
                }
                float[] values = new float[size];
                for (int i = 0; i < size; i++) {
                    values[i] = in.readFloat();
                }
                tensors.add(values);
            }
        }
        return tensors;
    }
}
