package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.learning.checkpoint.Checkpoint;
import io.engram.learning.checkpoint.CheckpointStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bits depend on the number of compute threads, so a run that went on with another one says so. The engine of tests has one; checkpoints
 * of others are made by saying that they had others.
 */
class ComputeThreadsTest {
    private static final RunSpec SPEC = SpecBuilder.of("finetune").firstTasks(3).build();

    @TempDir
    private Path folder;

    @Test
    void anUndisturbedRunNamesItsOwn() {
        Ends ends = learn(Optional.empty());

        assertThat(ends.threads).containsExactly("1", "1", "1");
        assertThat(ends.checkpoints.get(0).computeThreads()).containsExactly(1);
    }

    @Test
    void modelsOfARunThatWentOnWithAnotherNumberNameBoth() {
        Checkpoint made = afterFirstTask(4);

        Ends later = learn(Optional.of(made));

        assertThat(made.hasOtherComputeThreads(1)).isTrue();
        assertThat(made.hasOtherComputeThreads(4)).isFalse();
        assertThat(later.threads).containsExactly("4, 1", "4, 1");
        assertThat(later.checkpoints.get(0).computeThreads()).containsExactly(4, 1);
        assertThat(later.checkpoints.get(0).hasOtherComputeThreads(1)).isFalse();
    }

    @Test
    void goingOnWithTheSameNumberAddsNothing() {
        Ends later = learn(Optional.of(afterFirstTask(4, 1)));

        assertThat(later.threads).containsExactly("4, 1", "4, 1");
    }

    /** As files from before the number was written. */
    @Test
    void aCheckpointThatDoesNotSayIsTakenAsItIs() {
        Checkpoint silent = afterFirstTask();

        assertThat(silent.hasOtherComputeThreads(1)).isFalse();
        assertThat(learn(Optional.of(silent)).threads).containsExactly("1", "1");
    }

    /** Through a file. */
    private Checkpoint afterFirstTask(Integer... threads) {
        Checkpoint made = learn(Optional.empty()).checkpoints.get(0);
        CheckpointStore store = new CheckpointStore(folder);
        store.write(new Checkpoint(
                made.method(),
                made.datasetFingerprint(),
                made.moduleSha256(),
                List.of(threads),
                made.position(),
                made.order(),
                made.generators(),
                made.memoryVersion(),
                made.tensors(),
                made.totals()));
        return store.newestFirst().get(0).read();
    }

    private static Ends learn(Optional<Checkpoint> from) {
        Ends ends = new Ends();
        try (Run run = Runs.FACTORY.create(SPEC, Runs.IN_PROCESS)) {
            TaskLoop loop = new TaskLoop(run, ends, System::nanoTime);
            from.ifPresent(loop::restore);
            loop.run();
        }
        return ends;
    }

    /** What models and checkpoints at the ends of tasks say. */
    private static final class Ends implements RunListener {
        private final List<String> threads = new ArrayList<>();
        private final List<Checkpoint> checkpoints = new ArrayList<>();

        @Override
        public void progressed(Progress progress) {}

        @Override
        public void taskCompleted(CompletedTask task) {
            threads.add(task.model().descriptor().provenance().get("compute_threads"));
            checkpoints.add(task.checkpoint().get());
        }

        @Override
        public boolean cancellationRequested() {
            return false;
        }
    }
}
