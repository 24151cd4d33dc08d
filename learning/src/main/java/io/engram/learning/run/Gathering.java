package io.engram.learning.run;

import io.engram.learning.dataset.Samples;
import io.engram.learning.scenario.Batch;
import io.engram.replay.SampleBatch;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Copies new samples into a batch that is to be remembered. */
final class Gathering {

    private Gathering() {}

    /**
     * @param into gets the size of the batch; items may be longer than samples
     * @param samples what rows of the batch are rows of
     */
    static void gather(SampleBatch into, Batch batch, Samples samples, int task) {
        into.resize(batch.size());
        ByteBuffer target = into.items();
        int from = samples.itemBytes();
        int to = into.itemBytes();
        for (int k = 0; k < batch.size(); k++) {
            target.put(k * to, samples.items(), batch.row(k) * from, from);
            into.labels()[k] = batch.classOf(k);
        }
        Arrays.fill(into.tasks(), 0, batch.size(), task);
    }
}
