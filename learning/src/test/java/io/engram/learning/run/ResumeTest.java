package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.learning.augmentation.Augmentation;
import io.engram.learning.checkpoint.CheckpointStore;
import io.engram.learning.checkpoint.CorruptCheckpointException;
import io.engram.learning.checkpoint.Position;
import io.engram.learning.setting.Component;
import io.engram.replay.SplitMix64;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A run that is broken off at any step and taken up from its newest checkpoint by a new {@link Run}, with nothing but the files in
 * between, ends with the weights of the undisturbed run, bit for bit.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResumeTest {
    private static final int EVERY = 7;
    private static final Component SMALL_CONV = new Component("conv", Map.of("filters", List.of(4.0, 4.0)));

    @TempDir
    private Path folder;

    private final Map<MethodInScenario, List<ByteBuffer>> undisturbed = new HashMap<>();

    static Stream<MethodInScenario> supported() {
        return MethodInScenario.supported();
    }

    /** Broken off twice, each time some steps after it was taken up: a seeded choice of its own for each. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("supported")
    void everyMethodEndsWithTheWeightsOfTheUndisturbedRun(MethodInScenario each) {
        RunSpec spec = each.spec()
                .training(training(1, 16).withCheckpoints(OptionalInt.of(5), OptionalInt.empty()))
                .build();
        SplitMix64 random = new SplitMix64(each.toString().hashCode());
        int half = steps(spec) / 2;

        InterruptedRun run = interrupted(spec);
        assertThat(run.go(1 + random.nextInt(half))).isFalse();
        assertThat(run.go(1 + random.nextInt(half - 1))).isFalse();
        assertThat(run.go(Long.MAX_VALUE)).isTrue();

        assertThat(run.models()).isEqualTo(undisturbed(each));
    }

    /** Whatever its spec says about checkpoints within tasks. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("supported")
    void aRunThatIsSuspendedGoesOnFromThereBitForBit(MethodInScenario each) {
        RunSpec spec = each.spec().training(training(1, 16)).build();
        SplitMix64 random = new SplitMix64(-each.toString().hashCode());

        InterruptedRun run = new InterruptedRun(Runs.FACTORY, spec, folder, true);
        assertThat(run.go(1 + random.nextInt(steps(spec) - 1))).isFalse();
        assertThat(run.go(Long.MAX_VALUE)).isTrue();

        assertThat(run.models()).isEqualTo(undisturbed(each));
    }

    private static int steps(RunSpec spec) {
        return (int) RunOutline.of(Runs.FACTORY.complete(spec), Runs.DATASETS).totalSteps();
    }

    /** Without any checkpoint within tasks. */
    private List<ByteBuffer> undisturbed(MethodInScenario each) {
        return undisturbed.computeIfAbsent(
                each, e -> models(e.spec().training(training(1, 16)).build()));
    }

    private static List<ByteBuffer> models(RunSpec spec) {
        return Runs.learn(spec).stream().map(task -> Runs.bits(task.model())).toList();
    }

    @Test
    void checkpointsWithinATaskAreMadeAtTheEndsOfEpochsWhereTheSpecSaysSo() {
        RunSpec spec = SpecBuilder.of("er")
                .firstTasks(2)
                .training(training(5, 32).withCheckpoints(OptionalInt.empty(), OptionalInt.of(2)))
                .build();
        InterruptedRun run = interrupted(spec);

        run.go(Long.MAX_VALUE);

        assertThat(run.places())
                .containsExactly(
                        new Position(0, 2, 0, true),
                        new Position(0, 4, 0, true),
                        new Position(1, 2, 0, true),
                        new Position(1, 4, 0, true));
    }

    @Test
    void momentsOfAdamGoOn() {
        assertGoesOn(SpecBuilder.of("er").optimizer("adam", Map.of("learning_rate", 0.01)));
    }

    /** Of batch normalisation. */
    @Test
    void statisticsGoOn() {
        assertGoesOn(SpecBuilder.of("er").firstTasks(2).backbone(SMALL_CONV));
    }

    @ParameterizedTest
    @MethodSource("augmentations")
    void whatImagesAreChangedByGoesOnInTheMiddleOfAnEpoch(List<String> augmentation) {
        SpecBuilder images = SpecBuilder.of("er").firstTasks(2);
        assertGoesOn(images.scenario(images.build().scenario().withAugmentation(augmentation)));
    }

    static Stream<List<String>> augmentations() {
        return Stream.of(List.of(Augmentation.PAD_AND_CROP), List.of(Augmentation.HORIZONTAL_FLIP), Augmentation.NAMES);
    }

    @Test
    void momentsStatisticsAndAugmentationGoOnTogether() {
        SpecBuilder images = SpecBuilder.of("er").firstTasks(2);
        assertGoesOn(images.scenario(images.build().scenario().withAugmentation(Augmentation.NAMES))
                .optimizer("adam", Map.of("learning_rate", 0.01))
                .backbone(SMALL_CONV));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aModuleFromOutsideGoesOn(boolean trainable) {
        assertGoesOn(TorchScriptFiles.spec("er", "scripted.pt", trainable));
    }

    /** With two epochs of 9 or 10 steps, broken off twice: after 7 and 14 steps it goes on in the middle of an epoch. */
    private void assertGoesOn(SpecBuilder builder) {
        RunSpec spec = builder.training(checkpoints(2)).build();

        InterruptedRun run = interrupted(spec);
        assertThat(run.go(11)).isFalse();
        assertThat(run.go(9)).isFalse();
        assertThat(run.go(Long.MAX_VALUE)).isTrue();

        assertThat(run.places()).startsWith(new Position(0, 0, 7, true)).anySatisfy(place -> assertThat(place.epoch())
                .isEqualTo(1));
        assertThat(run.models()).isEqualTo(models(spec));
    }

    @Test
    void aCheckpointOfAnotherModuleIsRefused() {
        interrupted(TorchScriptFiles.spec("finetune", "frozen.pt", false)
                        .training(checkpoints(1))
                        .build())
                .go(9);

        assertThatThrownBy(() -> interrupted(TorchScriptFiles.spec("finetune", "traced.pt", false)
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

        InterruptedRun run = interrupted(spec);
        run.go(16);
        run.go(Long.MAX_VALUE);

        for (CompletedTask task : undisturbed) {
            TrainingFigures figures = run.figures(task.task().index());
            assertThat(figures.steps()).isEqualTo(task.figures().steps());
            assertThat(figures.samples()).isEqualTo(task.figures().samples());
            assertThat(figures.loss()).isEqualTo(task.figures().loss());
            assertThat(figures.accuracy()).isEqualTo(task.figures().accuracy());
            assertThat(figures.memory()).isEqualTo(task.figures().memory());
            assertThat(run.curve(task.task().index())).isEqualTo(task.curve());
        }
    }

    @Test
    void theNewestTwoCheckpointsAreKept() throws IOException {
        interrupted(SpecBuilder.of("finetune").training(checkpoints(1)).build()).go(Long.MAX_VALUE);

        try (Stream<Path> files = Files.list(folder.resolve("checkpoints"))) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void aDamagedCheckpointIsRefused() throws IOException {
        interrupted(SpecBuilder.of("finetune").training(checkpoints(1)).build()).go(9);
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
                .hasMessageContaining("checksum differs");
    }

    @Test
    void aCheckpointOfAnotherMethodIsRefused() {
        interrupted(SpecBuilder.of("finetune").training(checkpoints(1)).build()).go(9);

        assertThatThrownBy(() -> interrupted(
                                SpecBuilder.of("joint").training(checkpoints(1)).build())
                        .go(1))
                .isInstanceOf(CorruptCheckpointException.class)
                .hasMessageContaining("finetune")
                .hasMessageContaining("joint");
    }

    private InterruptedRun interrupted(RunSpec spec) {
        return new InterruptedRun(spec, folder);
    }

    private static TrainingSpec training(int epochs, int batchSize) {
        return new TrainingSpec(OptionalInt.of(epochs), OptionalInt.of(batchSize), Optional.empty());
    }

    private static TrainingSpec checkpoints(int epochs) {
        return training(epochs, 32).withCheckpoints(OptionalInt.of(EVERY), OptionalInt.empty());
    }
}
