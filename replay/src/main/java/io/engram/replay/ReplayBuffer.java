package io.engram.replay;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

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

    /** Samples of a batch of which some are left out, see {@link #insertThinned}. */
    public static final int MOST_THINNED = 65536;

    // The whole state: settings, slots, samples, and where the two generators are.
    private final BufferSettings settings;
    private final Slots slots;
    private byte[][] samples;
    private final SplitMix64 insertionRandom;
    private final SplitMix64 samplingRandom;

    private final InsertionPolicy insertionPolicy;
    private final SamplingPolicy samplingPolicy;
    private final long labelLimit;
    private int[] drawn = {};

    /** An empty buffer. */
    public ReplayBuffer(BufferSettings settings) {
        this(
                settings,
                new Slots(settings.capacity(), PolicyCatalog.byClass(settings)),
                new byte[0][],
                new SplitMix64(settings.seed()).split(INSERTION_STREAM),
                new SplitMix64(settings.seed()).split(SAMPLING_STREAM));
    }

    /** A buffer in a state that was stored. */
    ReplayBuffer(
            BufferSettings settings,
            Slots slots,
            byte[][] samples,
            SplitMix64 insertionRandom,
            SplitMix64 samplingRandom) {
        this.settings = settings;
        this.slots = slots;
        this.samples = samples;
        this.insertionRandom = insertionRandom;
        this.samplingRandom = samplingRandom;
        insertionPolicy = PolicyCatalog.insertionPolicy(settings);
        samplingPolicy = PolicyCatalog.samplingPolicy(settings);
        labelLimit = settings.labelLimit();
        if (insertionPolicy.byScore()) {
            for (int slot = 0; slot < samples.length && slot < slots.size(); slot++) {
                ByteBuffer sample = ByteBuffer.wrap(samples[slot]).order(ByteOrder.LITTLE_ENDIAN);
                slots.score(slot, score(sample, 0));
            }
        }
    }

    /**
     * Offers the samples of a batch one after another; the insertion policy decides which stay. Their bytes are copied.
     *
     * @throws InvalidValueException when the batch's samples have another size than the buffer's, or a label or task is
     *     below 0, or a label is not below {@value BufferSettings#MAX_CLASSES} where a policy balances classes; the first
     *     such is named with its index; or a score is not finite or below 0 where the policy asks for scores
     */
    public void insert(SampleBatch batch) {
        requireSameItemBytes(batch);
        requireBelow(labelLimit, "labels", batch.labels(), batch.size());
        requireBelow(1L << 31, "tasks", batch.tasks(), batch.size());
        requireScores(batch);
        ByteBuffer items = batch.items();
        for (int i = 0; i < batch.size(); i++) {
            offer(batch, items, i);
        }
    }

    /**
     * As {@link #insert} with a batch of which those samples were left out that the buffer does not keep, as its
     * {@link #forecast()} tells.
     *
     * @param kept those it keeps
     * @param offered samples of the whole batch, 1 to {@value #MOST_THINNED}
     * @param positions where those kept stood in the whole batch, from 0, ascending
     * @throws InvalidValueException as {@link #insert}, and where the buffer has no forecast, would keep others, or is offered
     *     more than allowed
     */
    public void insertThinned(SampleBatch kept, int offered, int[] positions) {
        requireSameItemBytes(kept);
        requireBelow(labelLimit, "labels", kept.labels(), kept.size());
        requireBelow(1L << 31, "tasks", kept.tasks(), kept.size());
        if (positions.length != kept.size()) {
            throw new InvalidValueException(
                    "thinned.kept", positions.length + " positions", kept.size() + ", as there are samples");
        }
        requireForeseen(offered, positions);
        ByteBuffer items = kept.items();
        int next = 0;
        for (int i = 0; i < offered; i++) {
            if (next < positions.length && positions[next] == i) {
                offer(kept, items, next);
                next++;
            } else {
                // Counted and drawn for all the same, so that the generator moves as with the whole batch.
                slots.record(insertionPolicy.slotFor(slots, 0, 0, 0, insertionRandom), 0, 0);
            }
        }
    }

    /**
     * Tells which of the next samples stay; it goes on by itself, and not with the buffer.
     *
     * @return empty where that depends on more than how many were offered: for all but {@code reservoir} with {@code uniform}
     */
    public Optional<ReservoirForecast> forecast() {
        return PolicyCatalog.foreseeable(settings)
                ? Optional.of(new ReservoirForecast(settings.capacity(), slots.seen(), insertionRandom.state()))
                : Optional.empty();
    }

    private void offer(SampleBatch batch, ByteBuffer items, int index) {
        int label = batch.labels()[index];
        int task = batch.tasks()[index];
        evictFor(label);
        float score = insertionPolicy.byScore() ? score(items, index) : 0;
        int slot = insertionPolicy.slotFor(slots, label, task, score, insertionRandom);
        if (slot != InsertionPolicy.NOT_KEPT) {
            items.get(index * settings.itemBytes(), sampleAt(slot));
            if (insertionPolicy.byScore()) {
                slots.score(slot, score);
            }
        }
        slots.record(slot, label, task);
    }

    private void requireForeseen(int offered, int[] positions) {
        if (offered < 1 || offered > MOST_THINNED) {
            throw new InvalidValueException("thinned.offered", offered, "1 to " + MOST_THINNED);
        }
        ReservoirForecast forecast = forecast()
                .orElseThrow(() -> new InvalidValueException(
                        "thinned",
                        "given",
                        "whole batches: with these policies more depends on samples that do not stay"));
        int[] foreseen = new int[offered];
        int staying = forecast.next(offered, foreseen);
        int wrong = Arrays.mismatch(foreseen, 0, staying, positions, 0, positions.length);
        if (wrong >= 0) {
            throw new InvalidValueException(
                    "thinned.kept[" + wrong + "]",
                    wrong < positions.length ? positions[wrong] : "none",
                    (wrong < staying ? foreseen[wrong] : "none") + ", as of " + offered + " samples after "
                            + slots.seen() + " there stay " + staying
                            + "; restore a version to learn where the generator is");
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
            copy(drawn[i], into, items, i);
        }
        return available;
    }

    /**
     * Copies held samples into a batch, by slot, without drawing: no generator moves. Slots are 0 to {@code size() - 1};
     * which sample is where stays as it is until the next insertion.
     *
     * @param first the slot to begin with, 0 to {@code size()}
     * @param into takes as many as it has room for and are left; its size becomes that number
     * @return how many were copied; 0 at the end
     * @throws InvalidValueException when there is no such slot, or the batch is made for samples of another size
     */
    public int scan(int first, SampleBatch into) {
        requireSameItemBytes(into);
        if (first < 0 || first > slots.size()) {
            throw new InvalidValueException("first", first, "0 to " + slots.size());
        }
        int count = Math.min(into.capacity(), slots.size() - first);
        into.resize(count);
        ByteBuffer items = into.items();
        for (int i = 0; i < count; i++) {
            copy(first + i, into, items, i);
        }
        return count;
    }

    private void copy(int slot, SampleBatch into, ByteBuffer items, int at) {
        items.put(at * settings.itemBytes(), samples[slot]);
        into.labels()[at] = slots.label(slot);
        into.tasks()[at] = slots.task(slot);
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

    Slots slots() {
        return slots;
    }

    byte[] heldAt(int slot) {
        return samples[slot];
    }

    SplitMix64 insertionRandom() {
        return insertionRandom;
    }

    SplitMix64 samplingRandom() {
        return samplingRandom;
    }

    private void evictFor(int label) {
        int slot = insertionPolicy.evicted(slots, label);
        while (slot != InsertionPolicy.NOT_KEPT) {
            int last = slots.size() - 1;
            slots.remove(slot);
            samples[slot] = samples[last];
            samples[last] = null;
            slot = insertionPolicy.evicted(slots, label);
        }
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

    private void requireScores(SampleBatch batch) {
        if (insertionPolicy.byScore()) {
            ByteBuffer items = batch.items();
            for (int i = 0; i < batch.size(); i++) {
                float score = score(items, i);
                if (!(score >= 0 && score <= Float.MAX_VALUE)) {
                    throw new InvalidValueException(
                            "items[" + i + "]", "a score of " + score, "a finite score, 0 or more, in the last bytes");
                }
            }
        }
    }

    private float score(ByteBuffer items, int index) {
        return items.getFloat((index + 1) * settings.itemBytes() - Float.BYTES);
    }

    private static void requireBelow(long limit, String field, int[] values, int size) {
        for (int i = 0; i < size; i++) {
            if (values[i] < 0 || values[i] >= limit) {
                String allowed = limit > Integer.MAX_VALUE
                        ? "0 or more"
                        : "0 to " + (limit - 1) + ", as the buffer balances classes";
                throw new InvalidValueException(field + "[" + i + "]", values[i], allowed);
            }
        }
    }
}
