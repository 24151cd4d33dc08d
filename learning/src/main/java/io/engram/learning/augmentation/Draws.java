package io.engram.learning.augmentation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.engram.replay.SplitMix64;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;

/**
 * The draws of one step after another, in native memory that is rewritten in place: the tensors are made once, and a step
 * allocates nothing. Lives on the thread of the run.
 */
public final class Draws implements AutoCloseable {
    private final Augmentation augmentation;
    private SplitMix64 random;
    private final NDManager manager;
    private final long[] ofSample = new long[Augmentation.DRAWS];
    private final ByteBuffer ofNew;
    private final ByteBuffer ofReplayed;

    /**
     * @param random moves on with every step; its state is all there is to keep
     * @param newSamples the most in a step
     * @param replayedSamples the most in a step
     * @param manager of the memory of the CPU; closed with this
     */
    public Draws(Augmentation augmentation, SplitMix64 random, int newSamples, int replayedSamples, NDManager manager) {
        this.augmentation = augmentation;
        this.random = random;
        this.manager = manager;
        ofNew = buffer(newSamples);
        ofReplayed = buffer(replayedSamples);
    }

    public Augmentation augmentation() {
        return augmentation;
    }

    /** State of the generator. */
    public long randomState() {
        return random.state();
    }

    /** Goes on where a generator was. */
    public void resume(long randomState) {
        random = SplitMix64.ofState(randomState);
    }

    /** Those of new and of replayed samples, {@code [most in a step, 3]} int64 each, which {@link #next} rewrites. */
    public NDList tensors() {
        return new NDList(tensor(ofNew), tensor(ofReplayed));
    }

    /** Draws for a step of so many samples. */
    public void next(int newSamples, int replayedSamples) {
        if (!augmentation.isEmpty()) {
            fill(ofNew.asLongBuffer(), newSamples);
            fill(ofReplayed.asLongBuffer(), replayedSamples);
        }
    }

    private void fill(LongBuffer target, int samples) {
        for (int k = 0; k < samples; k++) {
            augmentation.draw(random, ofSample);
            target.put(ofSample);
        }
    }

    private static ByteBuffer buffer(int samples) {
        return ByteBuffer.allocateDirect(Long.BYTES * Augmentation.DRAWS * samples)
                .order(ByteOrder.nativeOrder());
    }

    private NDArray tensor(ByteBuffer buffer) {
        long samples = buffer.capacity() / (Long.BYTES * Augmentation.DRAWS);
        return manager.create(buffer.duplicate(), new Shape(samples, Augmentation.DRAWS), DataType.INT64);
    }

    @Override
    public void close() {
        manager.close();
    }
}
