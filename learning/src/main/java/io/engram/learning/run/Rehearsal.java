package io.engram.learning.run;

import io.engram.learning.dataset.Samples;
import io.engram.learning.memory.ReplayMemory;
import io.engram.learning.memory.ReplayMemory.PendingReplay;
import io.engram.learning.method.Method;
import io.engram.learning.method.Observation;
import io.engram.learning.method.Replay;
import io.engram.learning.scenario.Batch;
import io.engram.learning.scenario.Task;
import io.engram.replay.SampleBatch;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Gives each step its replayed batch and the memory its new samples. What step {@code k} replays is drawn after batch
 * {@code k - 1} was remembered and before batch {@code k} is, and is on its way while earlier steps compute; but where logits
 * or scores are remembered, each step waits for the one before.
 */
final class Rehearsal {
    private final Optional<ReplayMemory> memory;
    private final Replay replay;
    private Samples samples;
    private final int drawn;
    /** What the next exchange will remember. */
    private final SampleBatch remembered;

    private final Deque<PendingReplay> underWay = new ArrayDeque<>();

    /**
     * @param memory where there is none, nothing is remembered and nothing replayed
     * @param samples what rows of batches are rows of until {@link #use} says otherwise
     * @param itemBytes bytes of a remembered sample, with its logits or score where it has them
     */
    Rehearsal(Optional<ReplayMemory> memory, Samples samples, Method method, int itemBytes, int batchSize, int drawn) {
        this.memory = memory;
        this.samples = samples;
        this.drawn = drawn;
        replay = method.replay();
        remembered = new SampleBatch(batchSize, itemBytes);
    }

    /** Says what rows of batches are rows of. */
    void use(Samples others) {
        samples = others;
    }

    /** How many batches may be announced before their step. */
    int lookahead() {
        return replay.remembersOutcome()
                ? 1
                : memory.map(ReplayMemory::lookahead).orElse(1);
    }

    /** Called once for every batch, in order, before its step. */
    void announce(Batch batch, Task task) {
        memory.filter(m -> !replay.remembersOutcome()).ifPresent(m -> {
            underWay.add(exchange(m, drawn));
            if (replay.remembersStream()) {
                Gathering.gather(remembered, batch, samples, task.index());
            }
        });
    }

    /** Called before every step. */
    void prepare(Batch batch) {
        if (memory.isEmpty()) {
            batch.replay(remembered);
        } else {
            PendingReplay pending = replay.remembersOutcome() ? exchange(memory.get(), drawn) : underWay.remove();
            batch.replay(pending.await());
        }
    }

    /** Called after every step. */
    void observed(Batch batch, Task task, Observation observation) {
        if (memory.isPresent() && replay.remembersOutcome()) {
            Gathering.gather(remembered, batch, samples, task.index());
            addNumbers(observation.remembered(), batch.size());
        }
    }

    /** Has everything remembered that was trained on. Called where the stream stops, between two steps. */
    void flush() {
        if (memory.isPresent() && remembered.size() > 0) {
            exchange(memory.get(), 0).await();
        }
    }

    private PendingReplay exchange(ReplayMemory m, int draw) {
        PendingReplay pending = m.exchange(remembered, draw);
        remembered.resize(0);
        return pending;
    }

    /** Behind each sample: a score, or logits for all classes of the run; those that are not known yet get the least of the others. */
    private void addNumbers(float[] numbers, int size) {
        ByteBuffer target = remembered.items();
        int known = numbers.length / size;
        int room = (remembered.itemBytes() - samples.itemBytes()) / Float.BYTES;
        for (int k = 0; k < size; k++) {
            int start = k * remembered.itemBytes() + samples.itemBytes();
            float least = least(numbers, k * known, known);
            for (int c = 0; c < room; c++) {
                target.putFloat(start + c * Float.BYTES, c < known ? numbers[k * known + c] : least);
            }
        }
    }

    private static float least(float[] values, int start, int count) {
        float least = values[start];
        for (int k = start; k < start + count; k++) {
            least = Math.min(least, values[k]);
        }
        return least;
    }
}
