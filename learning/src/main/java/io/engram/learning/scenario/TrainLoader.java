package io.engram.learning.scenario;

import io.engram.replay.SplitMix64;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Gives the training samples of a task in batches, shuffled anew for every epoch; the last batch may be smaller. Its order
 * depends on its generator alone.
 */
public final class TrainLoader {
    private final TaskSamples source;
    private final int[] rows;
    private final int[] denseIds;
    private final SplitMix64 random;
    private final int batchSize;

    /**
     * @param source what the task is trained on
     * @param batchSize new samples in a batch
     * @param random goes on from epoch to epoch and from task to task
     */
    public TrainLoader(TaskSamples source, int batchSize, SplitMix64 random) {
        this.source = source;
        rows = source.rows().clone();
        denseIds = source.classes();
        this.random = random;
        this.batchSize = batchSize;
    }

    /** The samples that rows of its batches are rows of. */
    public TaskSamples source() {
        return source;
    }

    /** Samples of one epoch. */
    public int samples() {
        return rows.length;
    }

    /** Batches of one epoch. */
    public int batches() {
        return batches(rows.length, batchSize);
    }

    /** Batches it takes to give {@code samples}. */
    public static int batches(int samples, int batchSize) {
        return (samples + batchSize - 1) / batchSize;
    }

    /**
     * One epoch.
     *
     * @param consumer takes each batch in turn; the batch is filled again when it returns
     */
    public void forEachBatch(Consumer<Batch> consumer) {
        shuffle();
        forEachBatch(0, batches(), 1, announced -> {}, () -> false, consumer);
    }

    /**
     * Part of an epoch after {@link #shuffle} began it, in which batches are announced before their turn comes, several at once.
     *
     * @param first the first batch that is given
     * @param end the one behind the last
     * @param lookahead how many batches are announced and not taken yet, at most; 1 or more
     * @param announced is shown each batch in turn, once, before {@code consumer} takes it
     * @param stop asked before each batch; once it is true no further batch is announced, and what was announced is still given
     * @param consumer takes each batch in turn; the batch is filled again when it returns
     * @return the batch behind the last that was given
     */
    public int forEachBatch(
            int first,
            int end,
            int lookahead,
            Consumer<Batch> announced,
            BooleanSupplier stop,
            Consumer<Batch> consumer) {
        Batch[] ring = new Batch[lookahead];
        Arrays.setAll(ring, slot -> new Batch(batchSize));
        int known = first;
        int next = first;
        while (next < end) {
            boolean goOn = !stop.getAsBoolean();
            if (goOn && known - next <= lookahead / 2) {
                for (; known < Math.min(end, next + lookahead); known++) {
                    announced.accept(fill(ring[known % lookahead], known));
                }
            }
            if (next == known) {
                break;
            }
            consumer.accept(ring[next % lookahead]);
            next++;
        }
        return next;
    }

    /**
     * Batches of the last epoch once more, in the same order and drawing nothing: a look at the data that shifts no later
     * epoch. Before the first epoch, samples come in the order they were given in.
     *
     * @param most samples that are given at most
     */
    public void again(int most, Consumer<Batch> consumer) {
        Batch batch = new Batch(batchSize);
        int given = Math.min(most, rows.length);
        for (int start = 0; start < given; start += batchSize) {
            batch.clear();
            for (int k = start; k < Math.min(given, start + batchSize); k++) {
                batch.add(rows[k], denseIds[rows[k]]);
            }
            consumer.accept(batch);
        }
    }

    private Batch fill(Batch batch, int number) {
        batch.clear();
        int start = number * batchSize;
        for (int k = start; k < Math.min(rows.length, start + batchSize); k++) {
            batch.add(rows[k], denseIds[rows[k]]);
        }
        return batch;
    }

    /** The rows in the order of the epoch under way. */
    public List<Integer> order() {
        return Arrays.stream(rows).boxed().toList();
    }

    /** Goes on in the middle of an epoch whose order is given. */
    public void resume(List<Integer> order) {
        for (int k = 0; k < rows.length; k++) {
            rows[k] = order.get(k);
        }
    }

    /** Begins an epoch: Fisher and Yates, from the order of the epoch before. */
    public void shuffle() {
        for (int i = rows.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int row = rows[i];
            rows[i] = rows[j];
            rows[j] = row;
        }
    }
}
