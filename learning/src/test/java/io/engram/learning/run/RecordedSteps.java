package io.engram.learning.run;

import io.engram.learning.artifact.NamedTensor;
import io.engram.learning.dataset.Dataset;
import io.engram.learning.method.TaskContext;
import io.engram.learning.scenario.Batch;
import io.engram.learning.scenario.Task;
import io.engram.replay.SampleBatch;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains a run and records what every step was given, in the format of {@code bench/reference/parity.py}, so that a
 * reference can train on exactly the same.
 */
final class RecordedSteps {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);
    private final Run run;
    private final Rehearsal rehearsal;
    private int steps;

    private RecordedSteps(Run run) {
        this.run = run;
        rehearsal = run.rehearsal();
    }

    /** Recording and end of a training. */
    record Result(byte[] recording, List<NamedTensor> weights, int steps) {}

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
        for (Task task : run.scenario().tasks()) {
            run.learner().begin(run.scenario().classesUpTo(task.index()), false, false);
            writeTensors(run.learner().weights());
            TaskContext context = run.context(task);
            for (int epoch = 0; epoch < run.epochs(); epoch++) {
                context.trainLoader().forEachBatch(batch -> step(task, batch));
            }
        }
        out.writeByte('E');
        return new Result(bytes.toByteArray(), run.learner().weights(), steps);
    }

    private void step(Task task, Batch batch) {
        try {
            rehearsal.announce(batch, task);
            rehearsal.prepare(batch);
            out.writeByte('S');
            writeNew(batch);
            writeReplayed(batch.replayed());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rehearsal.observed(batch, task, run.method().observe(batch, run.learner()));
        steps++;
    }

    private void writeNew(Batch batch) throws IOException {
        out.writeInt(batch.size());
        byte[] item = new byte[run.trainSamples().itemBytes()];
        for (int k = 0; k < batch.size(); k++) {
            run.trainSamples().items().get(batch.row(k) * item.length, item);
            out.write(item);
        }
        for (int k = 0; k < batch.size(); k++) {
            out.writeInt(batch.classOf(k));
        }
    }

    private void writeReplayed(SampleBatch replayed) throws IOException {
        out.writeInt(replayed.size());
        ByteBuffer items = replayed.items();
        byte[] copy = new byte[items.remaining()];
        items.get(copy);
        out.write(copy);
        for (int k = 0; k < replayed.size(); k++) {
            out.writeInt(replayed.labels()[k]);
        }
    }

    private void writeTensors(List<NamedTensor> tensors) throws IOException {
        out.writeByte('B');
        out.writeInt(tensors.size());
        for (NamedTensor tensor : tensors) {
            out.writeInt(tensor.shape().size());
            for (int dimension : tensor.shape()) {
                out.writeInt(dimension);
            }
            for (float value : tensor.values()) {
                out.writeFloat(value);
            }
        }
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
