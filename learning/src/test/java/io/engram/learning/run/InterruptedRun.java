package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.learning.checkpoint.Checkpoint;
import io.engram.learning.checkpoint.CheckpointStore;
import io.engram.learning.checkpoint.Position;
import io.engram.learning.memory.InProcessReplayMemory;
import io.engram.learning.memory.ReplayMemoryFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** A run that breaks off after some steps, and goes on from its files. */
final class InterruptedRun {
    private final RunFactory factory;
    private final RunSpec spec;
    private final Path folder;
    private final boolean suspends;
    private final CheckpointStore store;
    private final TreeMap<Integer, ByteBuffer> models = new TreeMap<>();
    private final List<Position> places = new ArrayList<>();
    private final TreeMap<Integer, TrainingFigures> figures = new TreeMap<>();
    private final TreeMap<Integer, List<CurvePoint>> curves = new TreeMap<>();

    /** @param folder takes its checkpoints and its memory */
    InterruptedRun(RunSpec spec, Path folder) {
        this(Runs.FACTORY, spec, folder, false);
    }

    /** @param suspends whether it is asked to stop in good order, rather than broken off */
    InterruptedRun(RunFactory factory, RunSpec spec, Path folder, boolean suspends) {
        this.factory = factory;
        this.spec = spec;
        this.folder = folder;
        this.suspends = suspends;
        store = new CheckpointStore(folder.resolve("checkpoints"));
    }

    /** Every bit of the model after each task. */
    List<ByteBuffer> models() {
        return List.copyOf(models.values());
    }

    /** Where checkpoints were made within tasks. */
    List<Position> places() {
        return places;
    }

    TrainingFigures figures(int task) {
        return figures.get(task);
    }

    List<CurvePoint> curve(int task) {
        return curves.get(task);
    }

    /**
     * Goes on from its newest checkpoint, or from the beginning where there is none.
     *
     * @param steps after which it breaks off
     * @return whether it came to its end
     */
    boolean go(long steps) {
        Optional<CheckpointStore.Kept> latest = store.newestFirst().stream().findFirst();
        ReplayMemoryFactory memories =
                (settings, limit) -> new InProcessReplayMemory(settings, limit, folder.resolve("memory"));
        try (Run run = factory.create(spec, memories)) {
            TaskLoop loop = new TaskLoop(run, new BreakingOff(steps), System::nanoTime);
            latest.ifPresent(kept -> loop.restore(kept.read()));
            latest.ifPresent(store::goOnFrom);
            loop.run();
            return true;
        } catch (RunCancelledException brokenOff) {
            // as if the process had been killed: nothing is told to anyone
            return false;
        } catch (RunSuspendedException asked) {
            assertThat(suspends).isTrue();
            return false;
        }
    }

    private final class BreakingOff implements RunListener {
        private long left;

        BreakingOff(long steps) {
            left = steps;
        }

        @Override
        public void progressed(Progress progress) {}

        @Override
        public void checkpointDue(Supplier<Checkpoint> checkpoint) {
            Checkpoint made = checkpoint.get();
            places.add(made.position());
            store.write(made);
        }

        @Override
        public void taskCompleted(CompletedTask task) {
            models.put(task.task().index(), Runs.bits(task.model()));
            figures.put(task.task().index(), task.figures());
            curves.put(task.task().index(), task.curve());
            store.write(task.checkpoint().get());
        }

        @Override
        public boolean cancellationRequested() {
            left--;
            return !suspends && left < 0;
        }

        @Override
        public boolean suspensionRequested() {
            return suspends && left <= 0;
        }
    }
}
