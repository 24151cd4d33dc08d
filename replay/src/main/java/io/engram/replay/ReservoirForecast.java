package io.engram.replay;

/**
 * Which of the next samples a buffer keeps, told without them: what it drops need not be brought to it. Goes on as the buffer does,
 * as long as nobody else inserts. Used by one thread at a time.
 *
 * <p>Sample number n of a buffer, from 0, stays where n is below its capacity; else where a number drawn from 0 to n by
 * {@link SplitMix64#nextLong(long)} is below it ({@code reservoir}).
 *
 * @see ReplayBuffer#forecast()
 */
public final class ReservoirForecast {
    private final int capacity;
    private long seen;
    private final SplitMix64 random;

    /**
     * What a buffer will do.
     *
     * @param capacity samples it holds at most
     * @param seen samples it was offered so far
     * @param generator the state of its generator for insertion
     */
    public ReservoirForecast(int capacity, long seen, long generator) {
        this.capacity = capacity;
        this.seen = seen;
        random = SplitMix64.ofState(generator);
    }

    /** The state of the buffer's generator for insertion. */
    public long generator() {
        return random.state();
    }

    /**
     * Goes on by a batch.
     *
     * @param count samples in the batch
     * @param kept takes the positions in the batch, from 0, of those that stay, ascending; {@code count} long or longer
     * @return how many stay
     */
    public int next(int count, int[] kept) {
        int staying = 0;
        for (int i = 0; i < count; i++) {
            if (ReservoirInsertion.place(capacity, seen, random) != InsertionPolicy.NOT_KEPT) {
                kept[staying] = i;
                staying++;
            }
            seen++;
        }
        return staying;
    }
}
