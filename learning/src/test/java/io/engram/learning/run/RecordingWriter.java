package io.engram.learning.run;

import io.engram.learning.artifact.NamedTensor;
import io.engram.learning.dataset.Samples;
import io.engram.learning.scenario.Batch;
import io.engram.learning.scenario.TaskSamples;
import io.engram.replay.SampleBatch;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/** The format of {@code bench/reference/parity.py}. */
final class RecordingWriter extends DataOutputStream {

    RecordingWriter(OutputStream out) {
        super(out);
    }

    void writeNew(Batch batch, TaskSamples source) throws IOException {
        Samples samples = source.samples();
        byte[] item = new byte[samples.itemBytes()];
        writeInt(batch.size());
        writeInt(item.length);
        for (int k = 0; k < batch.size(); k++) {
            samples.items().row(batch.row(k)).get(item);
            write(item);
        }
        for (int k = 0; k < batch.size(); k++) {
            writeInt(batch.classOf(k));
        }
        for (int k = 0; k < batch.size(); k++) {
            writeInt(source.tasks()[batch.row(k)]);
        }
    }

    void writeReplayed(SampleBatch replayed) throws IOException {
        writeInt(replayed.size());
        writeInt(replayed.itemBytes());
        ByteBuffer items = replayed.items();
        byte[] copy = new byte[items.remaining()];
        items.get(copy);
        write(copy);
        for (int k = 0; k < replayed.size(); k++) {
            writeInt(replayed.labels()[k]);
        }
        for (int k = 0; k < replayed.size(); k++) {
            writeInt(replayed.tasks()[k]);
        }
    }

    void writeTensors(List<NamedTensor> tensors) throws IOException {
        writeInt(tensors.size());
        for (NamedTensor tensor : tensors) {
            writeInt(tensor.shape().size());
            for (int dimension : tensor.shape()) {
                writeInt(dimension);
            }
            for (float value : tensor.values()) {
                writeFloat(value);
            }
        }
    }
}
