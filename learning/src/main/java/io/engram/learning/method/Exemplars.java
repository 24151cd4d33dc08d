package io.engram.learning.method;

import io.engram.replay.SampleBatch;
import java.util.function.Consumer;

/**
 * The exemplars of a run: training samples that a method selects around a task, in the run's replay memory. For methods that
 * replay {@link Replay#EXEMPLARS}. Without a memory there are none.
 */
public interface Exemplars {

    /** The most there can be. */
    int capacity();

    /**
     * Offers training samples of the task to the memory, one after another.
     *
     * @param rows rows of the training set, in the order in which the insertion policy sees them
     */
    void remember(int[] rows);

    /**
     * Visits all that are held.
     *
     * @param visitor gets batches of one or more, each until it returns; it must not remember
     */
    void forEachBatch(Consumer<SampleBatch> visitor);
}
