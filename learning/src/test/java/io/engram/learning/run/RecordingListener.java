package io.engram.learning.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Keeps what it is told. */
final class RecordingListener implements RunListener {
    private final List<CompletedTask> completed = new ArrayList<>();
    private final List<Progress> progress = new ArrayList<>();
    private final BooleanSupplier cancelled;
    private final Runnable onCompleted;

    RecordingListener() {
        this(() -> false, () -> {});
    }

    RecordingListener(BooleanSupplier cancelled, Runnable onCompleted) {
        this.cancelled = cancelled;
        this.onCompleted = onCompleted;
    }

    List<CompletedTask> completed() {
        return completed;
    }

    List<Progress> progress() {
        return progress;
    }

    @Override
    public void progressed(Progress now) {
        progress.add(now);
    }

    @Override
    public void taskCompleted(CompletedTask task) {
        completed.add(task);
        onCompleted.run();
    }

    @Override
    public boolean cancellationRequested() {
        return cancelled.getAsBoolean();
    }
}
