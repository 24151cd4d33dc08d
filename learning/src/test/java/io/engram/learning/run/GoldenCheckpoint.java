package io.engram.learning.run;

import io.engram.learning.checkpoint.Checkpoint;
import io.engram.learning.checkpoint.CheckpointStore;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Makes the golden checkpoint of the present format version, in the middle of the second task: {@code java ... GoldenCheckpoint
 * FOLDER}. Run once for each format version, never to make a test pass; the files lie in {@code src/test/resources/golden}.
 */
final class GoldenCheckpoint {
    static final int STEPS = 30;

    private GoldenCheckpoint() {}

    public static void main(String[] folder) {
        try (Run run = Runs.FACTORY.create(spec(), Runs.IN_PROCESS)) {
            new TaskLoop(run, new Keeping(new CheckpointStore(Path.of(folder[0]))), System::nanoTime).run();
        }
    }

    static RunSpec spec() {
        return SpecBuilder.of("ewc")
                .hidden(2)
                .optimizer("adam", Map.of("learning_rate", 0.01))
                .training(new TrainingSpec(OptionalInt.of(2), OptionalInt.of(32), Optional.empty())
                        .withCheckpoints(OptionalInt.of(STEPS), OptionalInt.empty()))
                .seed(1)
                .build();
    }

    private record Keeping(CheckpointStore store) implements RunListener {
        @Override
        public void progressed(Progress progress) {}

        @Override
        public void taskCompleted(CompletedTask task) {}

        @Override
        public void checkpointDue(Supplier<Checkpoint> checkpoint) {
            store.write(checkpoint.get());
            throw new RunCancelledException(STEPS);
        }

        @Override
        public boolean cancellationRequested() {
            return false;
        }
    }
}
