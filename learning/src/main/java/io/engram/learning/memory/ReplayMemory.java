package io.engram.learning.memory;

import io.engram.replay.SampleBatch;

/**
 * How a run sees its replay memory, in process or remote. The two give the same samples, bit for bit.
 *
 * <p>It is pipelined: {@link #exchange} starts an exchange and returns at once, so that the batches for the next steps are on
 * their way while this step computes. Exchanges are done and answered in order. Lives on the thread of its run.
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
     * How many exchanges it likes to have under way, 1 or more. What a step draws follows from the batches before it, which
     * are known long before they are trained on; so a memory that is far away can be told of several at once, and answers
     * them at once.
     */
    default int lookahead() {
        return 1;
    }

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
         * Waits for the batch. It stays as it is while {@link ReplayMemory#lookahead} further exchanges start, so that it
         * can be used while the next ones arrive.
         *
         * @return the drawn samples, in direct memory; fewer than asked for where the memory holds fewer. A memory uses a
         *     few batches in turn rather than a new one each time, so that the engine need not map new memory
         * @throws ReplayMemoryException where the memory cannot be reached or refused
         */
        SampleBatch await();
    }
}
