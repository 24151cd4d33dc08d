package io.engram.learning.run;

import io.engram.learning.checkpoint.Checkpoint;
import io.engram.learning.checkpoint.CheckpointStore;
import io.engram.learning.memory.InProcessReplayMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * A process that runs methods one after another and may be killed at any moment: another one in the same folder goes on from the newest
 * checkpoint. Before each step it prints the method's name.
 */
final class ResumedRuns {
    private static final int EVERY_STEPS = 4;

    private ResumedRuns() {}

    /** @param arguments a folder, then names of methods */
    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        for (int k = 1; k < arguments.length; k++) {
            goOn(arguments[k], folder.resolve(arguments[k]));
        }
    }

    static RunSpec spec(String method) {
        return SpecBuilder.of(method)
                .memory(100)
                .training(new TrainingSpec(OptionalInt.of(1), OptionalInt.of(32), Optional.empty())
                        .withCheckpoints(OptionalInt.of(EVERY_STEPS), OptionalInt.empty()))
                .build();
    }

    /** What a task leaves: every bit of the weights, and the scores. */
    static byte[] result(CompletedTask task) {
        byte[] bits = Runs.bits(task.model()).array();
        byte[] scores = Runs.scores(task.model()).toString().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(bits.length + scores.length)
                .put(bits)
                .put(scores)
                .array();
    }

    static Path resultFile(Path folder, int task) {
        return folder.resolve("task-" + task);
    }

    private static void goOn(String method, Path folder) {
        CheckpointStore store = new CheckpointStore(folder.resolve("checkpoints"));
        Optional<CheckpointStore.Kept> newest = store.newestFirst().stream().findFirst();
        try (Run run = Runs.FACTORY.create(
                spec(method),
                (settings, limit) -> new InProcessReplayMemory(settings, limit, folder.resolve("memory")))) {
            TaskLoop loop = new TaskLoop(run, new Written(method, folder, store), System::nanoTime);
            newest.ifPresent(kept -> loop.restore(kept.read()));
            newest.ifPresent(store::goOnFrom);
            loop.run();
        }
    }

    private record Written(String method, Path folder, CheckpointStore store) implements RunListener {
        @Override
        public void progressed(Progress progress) {
            // nobody asks
        }

        @Override
        public void checkpointDue(Supplier<Checkpoint> checkpoint) {
            store.write(checkpoint.get());
        }

        @Override
        public void taskCompleted(CompletedTask task) {
            try {
                Files.createDirectories(folder);
                Path half = Files.write(folder.resolve("writing"), result(task));
                Files.move(half, resultFile(folder, task.task().index()), StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            store.write(task.checkpoint().get());
        }

        @Override
        public boolean cancellationRequested() {
            System.out.println(method);
            return false;
        }
    }
}
