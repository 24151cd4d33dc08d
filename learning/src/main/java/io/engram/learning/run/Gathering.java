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
        for (int k = 0; k < batch.size(); k++) {
            samples.items().copy(batch.row(k), target, k * into.itemBytes());
            into.labels()[k] = batch.classOf(k);
        }
        Arrays.fill(into.tasks(), 0, batch.size(), task);
    }
}
