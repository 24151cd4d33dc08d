package io.engram.buffer.application;

import io.engram.replay.ReplayBuffer;
import io.engram.replay.SampleBatch;

/**
 * What a request inserts.
 *
 * @param batch the samples; empty where there is nothing to insert, or nothing that stays
 * @param offered samples there were before those were left out that the buffer drops
 * @param kept where those of the batch stood among them; null where none was left out
 */
public record Insertion(SampleBatch batch, int offered, int[] kept) {
    /** A batch of which nothing was left out. */
    public static Insertion whole(SampleBatch batch) {
        return new Insertion(batch, batch.size(), null);
    }

    /** @throws io.engram.replay.InvalidValueException when the buffer refuses it; nothing was done then */
    void into(ReplayBuffer replay) {
        if (kept == null) {
            replay.insert(batch);
        } else {
            replay.insertThinned(batch, offered, kept);
        }
    }
}
