package io.engram.learning.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.engram.learning.scenario.Batch;
import io.engram.replay.SampleBatch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * What changes from step to step, in native memory that is rewritten in place: a tensor over each buffer is made once for
 * each size that occurs, so that a step allocates nothing here. Always in the memory of the CPU.
 */
final class StepBuffers implements AutoCloseable {
    /** A memory uses few batches in turn; one that makes new ones must not fill native memory with tensors over them. */
    private static final int MOST_MAPPED_BATCHES = 32;

    private final NDManager manager;
    private final List<Integer> itemShape;
    private final LongTensors rows;
    private final LongTensors replayedClasses;
    private final LongTensors replayedTasks;
    private final FloatTensors replayedLogits;
    private final Map<SampleBatch, Map<Integer, NDArray>> replayedItems = new IdentityHashMap<>();

    /** @param itemShape dimensions of a remembered sample */
    StepBuffers(NDManager manager, List<Integer> itemShape) {
        this.manager = manager;
        this.itemShape = itemShape;
        rows = new LongTensors(manager);
        replayedClasses = new LongTensors(manager);
        replayedTasks = new LongTensors(manager);
        replayedLogits = new FloatTensors(manager);
    }

    /** Rows of the new samples, {@code [batch]} int64. */
    NDArray rows(Batch batch) {
        rows.require(batch.capacity());
        for (int k = 0; k < batch.size(); k++) {
            rows.put(k, batch.row(k));
        }
        return rows.tensor(batch.size());
    }

    /** Dense class ids of the replayed samples, {@code [replayed]} int64. */
    NDArray replayedClasses(Batch batch) {
        return filled(replayedClasses, batch.replayed(), batch.replayed().labels());
    }

    /** Tasks the replayed samples come from, {@code [replayed]} int64. */
    NDArray replayedTasks(Batch batch) {
        return filled(replayedTasks, batch.replayed(), batch.replayed().tasks());
    }

    private static NDArray filled(LongTensors tensors, SampleBatch replayed, int[] values) {
        tensors.require(replayed.capacity());
        for (int k = 0; k < replayed.size(); k++) {
            tensors.put(k, values[k]);
        }
        return tensors.tensor(replayed.size());
    }

    /** The replayed samples, each of {@link #itemShape}, uint8, where they lie. */
    NDArray replayedItems(Batch batch) {
        SampleBatch replayed = batch.replayed();
        if (!replayed.items().isDirect()) {
            throw new IllegalArgumentException("a replay memory must give its samples in direct memory");
        }
        if (replayedItems.size() >= MOST_MAPPED_BATCHES && !replayedItems.containsKey(replayed)) {
            replayedItems.values().forEach(bySize -> bySize.values().forEach(NDArray::close));
            replayedItems.clear();
        }
        return replayedItems
                .computeIfAbsent(replayed, b -> new HashMap<>())
                .computeIfAbsent(
                        replayed.size(),
                        size -> manager.create(
                                replayed.items(), new Shape(size).addAll(Network.shape(itemShape)), DataType.UINT8));
    }

    /**
     * What lies behind the samples: their remembered logits, {@code [replayed, classes of the run]} float32.
     *
     * @param sampleBytes bytes of a sample without its logits
     */
    NDArray replayedLogits(Batch batch, int sampleBytes) {
        SampleBatch replayed = batch.replayed();
        int classes = (replayed.itemBytes() - sampleBytes) / Float.BYTES;
        replayedLogits.require(replayed.capacity() * classes);
        ByteBuffer items = replayed.items();
        for (int k = 0; k < replayed.size(); k++) {
            for (int c = 0; c < classes; c++) {
                replayedLogits.put(
                        k * classes + c, items.getFloat(k * replayed.itemBytes() + sampleBytes + c * Float.BYTES));
            }
        }
        return replayedLogits.tensor(replayed.size(), classes);
    }

    @Override
    public void close() {
        manager.close();
    }

    /** One buffer of float32 numbers, and tensors over its beginning, all with rows of one width. */
    private static final class FloatTensors {
        private final NDManager manager;
        private final Map<Integer, NDArray> bySize = new HashMap<>();
        private ByteBuffer buffer = ByteBuffer.allocateDirect(0);

        FloatTensors(NDManager manager) {
            this.manager = manager;
        }

        void require(int count) {
            if (buffer.capacity() < Float.BYTES * count) {
                bySize.clear();
                buffer = ByteBuffer.allocateDirect(Float.BYTES * count).order(ByteOrder.nativeOrder());
            }
        }

        void put(int index, float value) {
            buffer.putFloat(Float.BYTES * index, value);
        }

        NDArray tensor(int size, int width) {
            return bySize.computeIfAbsent(
                    size,
                    s -> manager.create(
                            buffer.duplicate().limit(Float.BYTES * s * width), new Shape(s, width), DataType.FLOAT32));
        }
    }

    /** One buffer of int64 numbers, and tensors over its beginning. */
    private static final class LongTensors {
        private final NDManager manager;
        private final Map<Integer, NDArray> bySize = new HashMap<>();
        private ByteBuffer buffer = ByteBuffer.allocateDirect(0);

        LongTensors(NDManager manager) {
            this.manager = manager;
        }

        void require(int count) {
            if (buffer.capacity() < Long.BYTES * count) {
                bySize.clear();
                buffer = ByteBuffer.allocateDirect(Long.BYTES * count).order(ByteOrder.nativeOrder());
            }
        }

        void put(int index, long value) {
            buffer.putLong(Long.BYTES * index, value);
        }

        NDArray tensor(int size) {
            return bySize.computeIfAbsent(
                    size, s -> manager.create(buffer.duplicate().limit(Long.BYTES * s), new Shape(s), DataType.INT64));
        }
    }
}
