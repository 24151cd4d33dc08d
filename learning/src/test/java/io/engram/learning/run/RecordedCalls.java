package io.engram.learning.run;

import io.engram.learning.method.MethodFunctions;
import io.engram.learning.method.TaskContext;
import io.engram.learning.scenario.Batch;
import io.engram.learning.scenario.TaskSamples;
import io.engram.replay.SampleBatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The functions of a method's text, and a record of which were called around a task, with which samples. */
final class RecordedCalls implements MethodFunctions {
    private final MethodFunctions functions;
    private TaskSamples source;
    private ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private RecordingWriter out = new RecordingWriter(bytes);
    private int count;

    RecordedCalls(Run run) {
        functions = run.learner();
    }

    /** The context with these functions in it. */
    TaskContext in(TaskContext context) {
        source = context.trainLoader().source();
        return new TaskContext(
                context.task(),
                context.memory(),
                context.exemplars(),
                context.trainLoader(),
                context.heldOut(),
                context.testLoaders(),
                this);
    }

    @Override
    public float[] call(String name) {
        write(name, () -> out.writeBoolean(false));
        return functions.call(name);
    }

    @Override
    public float[] call(String name, Batch batch) {
        write(name, () -> {
            out.writeBoolean(true);
            out.writeNew(batch, source);
        });
        return functions.call(name, batch);
    }

    @Override
    public float[] call(String name, SampleBatch remembered) {
        write(name, () -> {
            out.writeBoolean(true);
            out.writeReplayed(remembered);
        });
        return functions.call(name, remembered);
    }

    private void write(String name, Samples samples) {
        try {
            out.writeInt(name.length());
            out.writeBytes(name);
            samples.write();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        count++;
    }

    /** Writes what was called since the last time. */
    void moveTo(RecordingWriter recording) throws IOException {
        recording.writeInt(count);
        bytes.writeTo(recording);
        bytes = new ByteArrayOutputStream();
        out = new RecordingWriter(bytes);
        count = 0;
    }

    @FunctionalInterface
    private interface Samples {
        void write() throws IOException;
    }
}
