package io.engram.learning.run;

import io.engram.replay.BufferSettings;
import io.engram.replay.SampleBatch;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** The same state machine behind a thread of its own, several exchanges at once; what goes in and comes out is copied, as on a wire. */
final class AnsweringOnAnotherThread extends ChangedMemory {
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final int lookahead;

    /** @param lookahead exchanges that it likes to have under way */
    AnsweringOnAnotherThread(BufferSettings settings, int limit, int lookahead) {
        super(settings, limit);
        this.lookahead = lookahead;
    }

    @Override
    public int lookahead() {
        return lookahead;
    }

    @Override
    public PendingReplay exchange(SampleBatch remember, int draw) {
        SampleBatch sent = copy(remember);
        return CompletableFuture.supplyAsync(
                () -> copy(memory.exchange(sent, draw).await()), thread)::join;
    }

    @Override
    public long commit() {
        awaitAll();
        return super.commit();
    }

    @Override
    public void restore(long version) {
        awaitAll();
        super.restore(version);
    }

    @Override
    public void scan(Consumer<SampleBatch> visitor) {
        awaitAll();
        super.scan(visitor);
    }

    /** Exchanges are done in order, so that those before are done when this one is. */
    private void awaitAll() {
        CompletableFuture.runAsync(() -> {}, thread).join();
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
