package io.engram.learning.scenario;

import java.util.function.Consumer;

/** Gives the test samples of a task in batches, in the order of the data set. */
public final class TestLoader {
    private final Task task;
    private final int[] denseIds;
    private final Batch batch;

    /** @param denseIds dense class id of every row of the test set */
    public TestLoader(Task task, int[] denseIds, int batchSize) {
        this.task = task;
        this.denseIds = denseIds;
        batch = new Batch(batchSize);
    }

    public Task task() {
        return task;
    }

    /** @param consumer takes each batch in turn; the batch is filled again when it returns */
    public void forEachBatch(Consumer<Batch> consumer) {
        int[] rows = task.testRows();
        for (int start = 0; start < rows.length; start += batch.capacity()) {
            batch.clear();
            for (int k = start; k < Math.min(rows.length, start + batch.capacity()); k++) {
                batch.add(rows[k], denseIds[rows[k]]);
            }
            consumer.accept(batch);
        }
    }
}
