package io.engram.learning.memory;

import io.engram.replay.SampleBatch;

/**
 * How a run sees its replay memory, in process or remote. The two give the same samples, bit for bit.
 *
 * <p>It is pipelined: {@link #exchange} starts an exchange and returns at once, so that the batch for the next step is on
 * its way while this step computes. Exchanges are done and answered in order. Lives on the thread of its run.
 */
public interface ReplayMemory extends AutoCloseable {

    /**
     * Starts an exchange: first remembers a batch, then draws one.
     *
     * @param remember the samples to remember; may be empty. It is free for reuse when this method returns
     * @param draw how many samples to draw, 0 to the sample limit the memory was made with
     * @return the batch to come
     */
    PendingReplay exchange(SampleBatch remember, int draw);

    /**
     * Releases the memory and what it holds.
     *
     * @throws ReplayMemoryException where it cannot be released
     */
    @Override
    void close();

    /** A batch that is on its way. */
    interface PendingReplay {

        /**
         * Waits for the batch. It stays as it is until the exchange after the next one starts, so that one batch can
         * be used while the next arrives.
         *
         * @return the drawn samples, in direct memory; fewer than asked for where the memory holds fewer. A memory uses a
         *     few batches in turn rather than a new one each time, so that the engine need not map new memory
         * @throws ReplayMemoryException where the memory cannot be reached or refused
         */
        SampleBatch await();
    }
}
