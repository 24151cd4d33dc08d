package io.engram.learning.memory;

import io.engram.replay.SampleBatch;
import java.util.function.Consumer;

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
     * Makes everything exchanged so far durable: what the memory holds, the count of what it has seen, and its generators.
     * Kept are the new version and the one it follows, which is the last committed or restored one; all others go.
     *
     * @return the version, 1 or more, higher than any before
     * @throws ReplayMemoryException where it cannot be made durable; what was committed before stays
     */
    long commit();

    /**
     * Puts the memory back to a committed version: from there it goes on bit for bit as it did then. Batches under way are
     * awaited before.
     *
     * @param version a kept version, also one that an earlier memory of the same run committed; or 0, which is always there:
     *     empty, as the memory was made
     * @throws ReplayVersionException where the version is not kept or is damaged; another can be restored
     * @throws ReplayMemoryException where the memory cannot be reached or refused
     */
    void restore(long version);

    /**
     * Visits every sample held, in the order of their slots, batch by batch, without drawing: what is drawn afterwards does
     * not depend on it. Includes everything exchanged so far.
     *
     * @param visitor gets batches of one or more samples in direct memory, each of them until it returns; it must not
     *     exchange
     * @throws ReplayMemoryException where the memory cannot be reached or refused
     */
    void scan(Consumer<SampleBatch> visitor);

    /**
     * Releases the memory. What was committed stays for a later memory of the same run, where it is kept outside this
     * process; everything else goes.
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
