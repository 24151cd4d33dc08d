package io.engram.learning.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.learning.tensor.TensorEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs eager PyTorch beside ours on the same steps and asks for the same bits. Needs a Python with torch 2.7.1, named by the
 * system property {@code engram.python}; with {@code engram.recordFixtures=true} the reference's results on one thread become
 * the fixtures of {@link ParityFixtureTest} that are missing. Run by {@code mvn -Preference -pl learning -am test}, on one thread
 * and again on two; {@code engram.referenceThreads} is how many, in both programs.
 */
@Tag("reference")
class ParityReferenceTest {
    private static final Path HOME = Path.of(System.getProperty("engram.home"));
    private static final int THREADS = Integer.getInteger("engram.referenceThreads", 1);
    private static final TensorEngine ENGINE = TensorEngine.start(THREADS);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void endsWithTheBitsOfPyTorch(ParityCase parity) throws IOException, InterruptedException {
        assertThat(ENGINE.threads()).isEqualTo(THREADS);
        RecordedSteps.Result result = parity.training().train(ENGINE, folder);
        assertThat(result.steps()).isGreaterThan(50);
        Files.write(folder.resolve("recording"), result.recording());

        runReference(parity);

        List<float[]> reference = RecordedSteps.readTensors(Files.newInputStream(folder.resolve("result")));
        assertThat(result.tensors()).hasSameSizeAs(reference);
        for (int k = 0; k < reference.size(); k++) {
            assertThat(result.tensors().get(k).values())
                    .as(result.tensors().get(k).name())
                    .isEqualTo(reference.get(k));
        }
        if (Boolean.getBoolean("engram.recordFixtures") && THREADS == 1 && parity.hasFixture()) {
            Path fixtures = HOME.resolve("learning/src/test/resources/io/engram/learning/run/parity");
            Files.createDirectories(fixtures);
            Path fixture = fixtures.resolve(parity.fixture());
            if (Files.notExists(fixture)) {
                Files.copy(folder.resolve("result"), fixture);
            }
        }
    }

    private void runReference(ParityCase parity) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("engram.python", "python3"),
                HOME.resolve("bench/reference/parity.py").toString(),
                folder.resolve("recording").toString(),
                folder.resolve("result").toString()));
        command.addAll(parity.training().referenceArguments());
        command.addAll(List.of("--threads", Integer.toString(THREADS)));
        int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        assertThat(status).as("exit status of %s", command).isZero();
    }
}
