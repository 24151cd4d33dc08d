package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.engram.learning.artifact.FrozenModel;
import io.engram.learning.dataset.Dataset;
import io.engram.learning.dataset.Datasets;
import io.engram.learning.metric.TaskScore;
import io.engram.learning.scenario.ClassOrder;
import io.engram.learning.scenario.ScenarioSpec;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run on two data sets in sequence: the digits, then a folder of red and of blue images. */
class DatasetSequenceRunTest {
    private static final int RED = 0xff0000;
    private static final int BLUE = 0x0000ff;

    @TempDir
    private Path folder;

    private Datasets datasets;
    private RunFactory factory;

    @BeforeEach
    void twoDataSets() throws IOException {
        for (int k = 0; k < 20; k++) {
            image("train/red/" + k + ".png", RED);
            image("train/blue/" + k + ".png", BLUE);
        }
        image("test/red/0.png", RED);
        image("test/blue/0.png", BLUE);
        Files.writeString(folder.resolve("data/colours/dataset.properties"), "height = 8\nwidth = 8\n");
        datasets = new Datasets(Optional.of(folder.resolve("data")));
        factory = new RunFactory(datasets, Runs.ENGINE);
    }

    @Test
    void aRunTrainsOnThemInTurnAndItsModelsAreScoredOnBoth() {
        List<FrozenModel> models = learn().stream().map(CompletedTask::model).toList();

        assertThat(models.get(1).descriptor().dataset()).isEqualTo("digits+colours");
        // blue is class 10, red class 11
        assertThat(models.get(1).descriptor().labelsByTask()).containsExactly(List.of(0, 1), List.of(10, 11));
        assertThat(scores(models.get(0))).singleElement().satisfies(score -> assertThat(score.accuracy())
                .isGreaterThan(90));
        assertThat(scores(models.get(1))).hasSize(2).allSatisfy(score -> assertThat(score.accuracy())
                .isGreaterThan(90));
    }

    @Test
    void aRunThatIsBrokenOffInEitherGoesOnBitForBit() {
        List<ByteBuffer> undisturbed =
                learn().stream().map(task -> Runs.bits(task.model())).toList();

        InterruptedRun run = new InterruptedRun(factory, spec(), folder, false);
        // 18 steps an epoch of 288 digits, and 3 of 40 images
        assertThat(run.go(20)).isFalse();
        assertThat(run.go(45)).isFalse();
        assertThat(run.go(Long.MAX_VALUE)).isTrue();

        assertThat(run.models()).isEqualTo(undisturbed);
    }

    private List<CompletedTask> learn() {
        RecordingListener listener = new RecordingListener();
        try (Run run = factory.create(spec(), Runs.IN_PROCESS)) {
            new TaskLoop(run, listener, System::nanoTime).run();
        }
        return listener.completed();
    }

    private static RunSpec spec() {
        ScenarioSpec scenario = new ScenarioSpec(
                "digits+colours",
                OptionalInt.empty(),
                OptionalInt.of(2),
                OptionalInt.empty(),
                new ClassOrder.Listed(List.of(0, 1, 10, 11)));
        return SpecBuilder.of("er")
                .scenario(scenario)
                .training(new TrainingSpec(OptionalInt.of(3), OptionalInt.of(16), Optional.empty())
                        .withCheckpoints(OptionalInt.of(7), OptionalInt.empty()))
                .build();
    }

    private List<TaskScore> scores(FrozenModel model) {
        Dataset dataset = datasets.load(model.descriptor().dataset());
        try (Validation validation = new Validation(model, dataset, datasets.folder(), Runs.ENGINE, Device.cpu())) {
            return validation.scores();
        }
    }

    private void image(String path, int colour) throws IOException {
        Path file = folder.resolve("data/colours").resolve(path);
        Files.createDirectories(file.getParent());
        BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
        for (int pixel = 0; pixel < 64; pixel++) {
            image.setRGB(pixel % 8, pixel / 8, colour);
        }
        ImageIO.write(image, "png", file.toFile());
    }
}
