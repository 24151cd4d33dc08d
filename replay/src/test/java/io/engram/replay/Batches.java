package io.engram.replay;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Batches whose samples carry their own number, so that a test can tell where a sample came from. */
final class Batches {
    static final int ITEM_BYTES = 8;

    private Batches() {}

    /** Samples number {@code first} to {@code first + size - 1}; label is the number modulo 10, task the number / 100. */
    static SampleBatch numbered(long first, int size) {
        var batch = new SampleBatch(Math.max(size, 1), ITEM_BYTES);
        batch.resize(size);
        ByteBuffer items = batch.items();
        for (int i = 0; i < size; i++) {
            long number = first + i;
            items.putLong(number);
            batch.labels()[i] = labelOf(number);
            batch.tasks()[i] = taskOf(number);
        }
        return batch;
    }

    static int labelOf(long number) {
        return (int) (number % 10);
    }

    static int taskOf(long number) {
        return (int) (number / 100);
    }

    static List<Long> numbers(SampleBatch batch) {
        List<Long> numbers = new ArrayList<>();
        ByteBuffer items = batch.items();
        while (items.hasRemaining()) {
            numbers.add(items.getLong());
        }
        return numbers;
    }

    /** Samples number {@code first} and following, of these classes. */
    static SampleBatch labelled(long first, int... labels) {
        var batch = numbered(first, labels.length);
        System.arraycopy(labels, 0, batch.labels(), 0, labels.length);
        return batch;
    }

    static BufferSettings settings(String insertion, String sampling, int capacity, long seed) {
        return new BufferSettings(capacity, ITEM_BYTES, insertion, sampling, seed);
    }

    static BufferSettings settings(int capacity, long seed) {
        return new BufferSettings(capacity, ITEM_BYTES, "reservoir", "uniform", seed);
    }

    /** All the samples a buffer holds. */
    static List<Long> held(ReplayBuffer buffer) {
        var all = new SampleBatch(Math.max(buffer.size(), 1), ITEM_BYTES);
        buffer.sample(buffer.size(), all);
        return numbers(all);
    }

    /** All the samples a buffer holds, by slot. */
    static List<Long> bySlot(ReplayBuffer buffer) {
        var all = new SampleBatch(Math.max(buffer.size(), 1), ITEM_BYTES);
        buffer.scan(0, all);
        return numbers(all);
    }
}
