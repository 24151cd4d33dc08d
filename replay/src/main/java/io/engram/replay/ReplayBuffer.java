package io.engram.replay;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A replay memory: a bounded set of labelled samples that is filled and drawn from. A deterministic state machine: the
 * state after a sequence of commands, and every sample drawn on the way, follow from {@link BufferSettings} and the
 * commands alone.
 *
 * <p>Memory grows with the samples held, up to {@link BufferSettings#memoryBytesWhenFull()}, and never beyond. Commands
 * allocate nothing but that. A command that throws changes nothing. Used by one thread at a time.
 */
public final class ReplayBuffer {
    private static final long INSERTION_STREAM = 1;
    private static final long SAMPLING_STREAM = 2;

    // The whole state: settings, slots, samples, and where the two generators are.
    private final BufferSettings settings;
    private final Slots slots;
    private byte[][] samples = {};
    private final SplitMix64 insertionRandom;
    private final SplitMix64 samplingRandom;

    private final InsertionPolicy insertionPolicy;
    private final SamplingPolicy samplingPolicy;
    private int[] drawn = {};

    /** An empty buffer. */
    public ReplayBuffer(BufferSettings settings) {
        this.settings = settings;
        slots = new Slots(settings.capacity());
        SplitMix64 root = new SplitMix64(settings.seed());
        insertionRandom = root.split(INSERTION_STREAM);
        samplingRandom = root.split(SAMPLING_STREAM);
        insertionPolicy = PolicyCatalog.insertionPolicy(settings);
        samplingPolicy = PolicyCatalog.samplingPolicy(settings);
    }

    /**
     * Offers the samples of a batch one after another; the insertion policy decides which stay. Their bytes are copied.
     *
     * @throws InvalidValueException when the batch's samples have another size than the buffer's, or a label or task is
     *     below 0; the first such is named with its index
     */
    public void insert(SampleBatch batch) {
        requireSameItemBytes(batch);
        requireNotNegative("labels", batch.labels(), batch.size());
        requireNotNegative("tasks", batch.tasks(), batch.size());
        ByteBuffer items = batch.items();
        for (int i = 0; i < batch.size(); i++) {
            int label = batch.labels()[i];
            int task = batch.tasks()[i];
            int slot = insertionPolicy.slotFor(slots, label, task, insertionRandom);
            if (slot != InsertionPolicy.NOT_KEPT) {
                items.get(i * settings.itemBytes(), sampleAt(slot));
            }
            slots.record(slot, label, task);
        }
    }

    /**
     * Draws {@code min(count, size())} samples by the sampling policy, none twice, and copies them into a batch, whose size
     * becomes that number.
     *
     * @return how many were drawn
     * @throws InvalidValueException when {@code count} is below 0, or the batch is too small or made for samples of another
     *     size
     */
    public int sample(int count, SampleBatch into) {
        requireSameItemBytes(into);
        int available = Math.min(count, slots.size());
        if (count < 0 || available > into.capacity()) {
            throw new InvalidValueException("count", count, "0 to " + into.capacity());
        }
        if (drawn.length < available) {
            drawn = new int[Slots.grownLength(available, settings.capacity())];
        }
        samplingPolicy.draw(slots, available, drawn, samplingRandom);
        into.resize(available);
        ByteBuffer items = into.items();
        for (int i = 0; i < available; i++) {
            int slot = drawn[i];
            items.put(i * settings.itemBytes(), samples[slot]);
            into.labels()[i] = slots.label(slot);
            into.tasks()[i] = slots.task(slot);
        }
        return available;
    }

    /** Samples it holds now. */
    public int size() {
        return slots.size();
    }

    /** Samples that were ever offered. */
    public long seen() {
        return slots.seen();
    }

    public BufferSettings settings() {
        return settings;
    }

    /** Bytes of heap the samples held take now, to within the alignment of objects. */
    public long memoryBytes() {
        return settings.memoryBytes(slots.size());
    }

    private byte[] sampleAt(int slot) {
        if (slot >= samples.length) {
            samples = Arrays.copyOf(samples, Slots.grownLength(slot + 1, settings.capacity()));
        }
        if (samples[slot] == null) {
            samples[slot] = new byte[settings.itemBytes()];
        }
        return samples[slot];
    }

    private void requireSameItemBytes(SampleBatch batch) {
        if (batch.itemBytes() != settings.itemBytes()) {
            throw new InvalidValueException(
                    "item_bytes", batch.itemBytes(), settings.itemBytes() + ", as the buffer was made with");
        }
    }

    private static void requireNotNegative(String field, int[] values, int size) {
        for (int i = 0; i < size; i++) {
            if (values[i] < 0) {
                throw new InvalidValueException(field + "[" + i + "]", values[i], "0 or more");
            }
        }
    }
}
