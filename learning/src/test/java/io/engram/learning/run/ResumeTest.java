package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.learning.checkpoint.Checkpoint;
import io.engram.learning.checkpoint.CheckpointStore;
import io.engram.learning.checkpoint.CorruptCheckpointException;
import io.engram.learning.checkpoint.Position;
import io.engram.learning.memory.InProcessReplayMemory;
import io.engram.learning.memory.ReplayMemoryFactory;
import io.engram.learning.method.Methods;
import io.engram.learning.setting.CatalogEntry;
import io.engram.replay.SplitMix64;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A run that is broken off at any step and taken up from its newest checkpoint by a new {@link Run}, with nothing but the files in
 * between, ends with the weights of the undisturbed run, bit for bit.
 */
class ResumeTest {
    private static final int EVERY = 7;

    @TempDir
    private Path folder;

    static Stream<String> methods() {
        return Methods.CATALOG.entries().stream().map(CatalogEntry::name);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void everyMethodEndsWithTheWeightsOfTheUndisturbedRun(String method) {
        RunSpec spec =
                SpecBuilder.of(method).memory(100).training(checkpoints(1)).build();
        List<ByteBuffer> undisturbed =
                Runs.learn(spec).stream().map(task -> Runs.bits(task.model())).toList();
        // Broken off three times, each time some steps after it was taken up: a seeded choice of its own for each
        // method
        SplitMix64 random = new SplitMix64(method.hashCode());

        Interrupted run = new Interrupted(spec);
        for (int k = 0; k < 3; k++) {
            run.go(1 + random.nextInt(20));
        }
        run.go(Long.MAX_VALUE);

        assertThat(new ArrayList<>(run.models.values())).isEqualTo(undisturbed);
    }

    /** Whatever its spec says about checkpoints within tasks. */
    @ParameterizedTest
    @MethodSource("methods")
    void aRunThatIsSuspendedGoesOnFromThereBitForBit(String method) {
        RunSpec spec = SpecBuilder.of(method).memory(100).training(1, 32).build();
        List<ByteBuffer> undisturbed =
                Runs.learn(spec).stream().map(task -> Runs.bits(task.model())).toList();
        SplitMix64 random = new SplitMix64(-method.hashCode());

        Interrupted run = new Interrupted(spec, true);
        for (int k = 0; k < 2; k++) {
            run.go(1 + random.nextInt(12));
        }
        run.go(Long.MAX_VALUE);

        assertThat(new ArrayList<>(run.models.values())).isEqualTo(undisturbed);
    }

    @Test
    void checkpointsWithinATaskAreMadeAtTheEndsOfEpochsWhereTheSpecSaysSo() {
        RunSpec spec = SpecBuilder.of("er")
                .firstTasks(2)
                .training(new TrainingSpec(OptionalInt.of(5), OptionalInt.of(32), Optional.empty())
                        .withCheckpoints(OptionalInt.empty(), OptionalInt.of(2)))
                .build();
        Interrupted run = new Interrupted(spec);

        run.go(Long.MAX_VALUE);

        assertThat(run.places)
                .containsExactly(
                        new Position(0, 2, 0, true),
                        new Position(0, 4, 0, true),
                        new Position(1, 2, 0, true),
                        new Position(1, 4, 0, true));
    }

    @Test
    void momentsStatisticsAndAugmentationGoOn() {
        assertGoesOn(SpecBuilder.of("er").optimizer("adam", Map.of("learning_rate", 0.01)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aModuleFromOutsideGoesOn(boolean trainable) {
        assertGoesOn(TorchScriptFiles.spec("er", "scripted.pt", trainable));
    }

    /** With checkpoints every other step, broken off twice. */
    private void assertGoesOn(SpecBuilder builder) {
        RunSpec spec = builder.training(checkpoints(2)).build();
        List<ByteBuffer> undisturbed =
                Runs.learn(spec).stream().map(task -> Runs.bits(task.model())).toList();

        Interrupted run = new Interrupted(spec);
        run.go(11);
        run.go(3);
        run.go(Long.MAX_VALUE);

        assertThat(new ArrayList<>(run.models.values())).isEqualTo(undisturbed);
    }

    @Test
    void aCheckpointOfAnotherModuleIsRefused() {
        new Interrupted(TorchScriptFiles.spec("finetune", "frozen.pt", false)
                        .training(checkpoints(1))
                        .build())
                .go(9);

        assertThatThrownBy(() -> new Interrupted(TorchScriptFiles.spec("finetune", "traced.pt", false)
                                .training(checkpoints(1))
                                .build())
                        .go(1))
                .isInstanceOf(CorruptCheckpointException.class)
                .hasMessageContaining("SHA-256")
                .hasMessageContaining("traced.pt");
    }

    @Test
    void figuresCountWhatWasDoneBefore() {
        RunSpec spec = SpecBuilder.of("finetune").training(checkpoints(2)).build();
        List<CompletedTask> undisturbed = Runs.learn(spec);

        Interrupted run = new Interrupted(spec);
        run.go(16);
        run.go(Long.MAX_VALUE);

        for (CompletedTask task : undisturbed) {
            TrainingFigures figures = run.figures.get(task.task().index());
            assertThat(figures.steps()).isEqualTo(task.figures().steps());
            assertThat(figures.samples()).isEqualTo(task.figures().samples());
            assertThat(figures.loss()).isEqualTo(task.figures().loss());
            assertThat(figures.accuracy()).isEqualTo(task.figures().accuracy());
            assertThat(figures.memory()).isEqualTo(task.figures().memory());
            assertThat(run.curves.get(task.task().index())).isEqualTo(task.curve());
        }
    }

    @Test
    void theNewestTwoCheckpointsAreKept() throws IOException {
        new Interrupted(SpecBuilder.of("finetune").training(checkpoints(1)).build()).go(Long.MAX_VALUE);

        try (Stream<Path> files = Files.list(folder.resolve("checkpoints"))) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void aDamagedCheckpointIsRefused() throws IOException {
        new Interrupted(SpecBuilder.of("finetune").training(checkpoints(1)).build()).go(9);
        Path newest;
        try (Stream<Path> files = Files.list(folder.resolve("checkpoints"))) {
            newest = files.max(Path::compareTo).orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(newest);
        bytes[bytes.length / 2] ^= 1;
        Files.write(newest, bytes);

        assertThatThrownBy(() -> new CheckpointStore(folder.resolve("checkpoints"))
                        .newestFirst()
                        .get(0)
                        .read())
                .isInstanceOf(CorruptCheckpointException.class)
                .hasMessageContaining(newest.toString())
                .hasMessageContaining("SHA-256");
    }

    @Test
    void aCheckpointOfAnotherMethodIsRefused() {
        new Interrupted(SpecBuilder.of("finetune").training(checkpoints(1)).build()).go(9);

        assertThatThrownBy(() -> new Interrupted(
                                SpecBuilder.of("joint").training(checkpoints(1)).build())
                        .go(1))
                .isInstanceOf(CorruptCheckpointException.class)
                .hasMessageContaining("finetune")
                .hasMessageContaining("joint");
    }

    private static TrainingSpec checkpoints(int epochs) {
        return new TrainingSpec(OptionalInt.of(epochs), OptionalInt.of(32), Optional.empty())
                .withCheckpoints(OptionalInt.of(EVERY), OptionalInt.empty());
    }

    /** A run that breaks off after some steps, and goes on from its files. */
    private final class Interrupted {
        private final RunSpec spec;
        private final CheckpointStore store = new CheckpointStore(folder.resolve("checkpoints"));
        private final TreeMap<Integer, ByteBuffer> models = new TreeMap<>();
        private final List<Position> places = new ArrayList<>();
        private final TreeMap<Integer, TrainingFigures> figures = new TreeMap<>();
        private final TreeMap<Integer, List<CurvePoint>> curves = new TreeMap<>();

        private final boolean suspends;

        Interrupted(RunSpec spec) {
            this(spec, false);
        }

        /** @param suspends whether it is asked to stop in good order, rather than broken off */
        Interrupted(RunSpec spec, boolean suspends) {
            this.spec = spec;
            this.suspends = suspends;
        }

        void go(long steps) {
            Optional<CheckpointStore.Kept> latest = store.newestFirst().stream().findFirst();
            ReplayMemoryFactory memories =
                    (settings, limit) -> new InProcessReplayMemory(settings, limit, folder.resolve("memory"));
            try (Run run = Runs.FACTORY.create(spec, memories)) {
                TaskLoop loop = new TaskLoop(run, new BreakingOff(steps, suspends), System::nanoTime);
                latest.ifPresent(kept -> loop.restore(kept.read()));
                latest.ifPresent(store::goOnFrom);
                loop.run();
            } catch (RunCancelledException brokenOff) {
                // as if the process had been killed: nothing is told to anyone
            } catch (RunSuspendedException asked) {
                assertThat(suspends).isTrue();
            }
        }

        private final class BreakingOff implements RunListener {
            private final boolean suspends;
            private long left;

            BreakingOff(long steps, boolean suspends) {
                left = steps;
                this.suspends = suspends;
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
}
