package io.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.engram.localstack.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that change between training and evaluation, as whoever asks for the run's results sees it. */
@Tag("end-to-end")
class DamagedModelIT {
    private final SharedStack stack = SharedStack.get();

    @TempDir
    private Path folder;

    @Test
    void the_commands_say_which_models_could_not_be_evaluated_and_why() throws IOException {
        // Given a run that was learned while no evaluator was there
        stack.stack().service(Service.EVALUATOR).close();
        String run = learn();
        // ... of which one model was damaged and one was exchanged for another
        Path models = stack.artifacts().resolve(run).resolve("tasks");
        flipOneBit(models.resolve("1/1/weights.safetensors"));
        Files.copy(
                models.resolve("3/1/descriptor.json"),
                models.resolve("2/1/descriptor.json"),
                StandardCopyOption.REPLACE_EXISTING);

        // When
        stack.stack().restart(Service.EVALUATOR);
        Answer watched = stack.engram(
                "watch", run, "--report", folder.resolve("report.html").toString());

        // Then
        String damaged = "the model after task 2 could not be evaluated: ";
        String exchanged = "the model after task 3 could not be evaluated: ";
        assertThat(watched.status()).isEqualTo(1);
        assertThat(watched.err()).contains(run + " was learned, but 2 of its models could not be evaluated");
        assertThat(watched.out()).contains("after task 5", damaged, exchanged);
        Answer results = stack.engram("results", run);
        assertThat(results.status()).isZero();
        assertThat(results.out())
                .containsPattern(damaged + ".*weights.safetensors is not what was written: .*\\(ARTIFACT_CORRUPT\\)")
                .containsPattern(exchanged + ".*descriptor.json is not what was written: .*\\(ARTIFACT_CORRUPT\\)");
        assertThat(results.out().lines().filter(line -> line.endsWith("failed")))
                .hasSize(2);
        assertThat(stack.engram("show", run).out()).contains(damaged, exchanged);
        assertThat(stack.engram("results", run, "--json").out())
                .contains("\"evaluation_failures\":[{\"task_index\":1.0,\"reason\":\"ARTIFACT_CORRUPT\"");
        // ... and which class the last model takes for which; there is none to ask of the damaged one
        assertThat(stack.engram("results", run, "--confusion").out().lines().toList())
                .hasSize(1 + 10)
                .first(STRING)
                .matches("true class( +\\d)+ +right in %");
        assertThat(stack.engram("results", run, "--confusion", "--after", "1", "--json")
                        .out())
                .startsWith("{\"name\":\"" + run + "/tasks/0\"");
        Answer ofDamaged = stack.engram("results", run, "--confusion", "--after", "2");
        assertThat(ofDamaged.status()).isEqualTo(1);
        assertThat(ofDamaged.err())
                .contains(
                        "name: was " + run + "/tasks/1; allowed: a task after which the model has been evaluated here");
        assertThat(folder.resolve("report.html")).content().contains(damaged, "failed</td>");
    }

    private String learn() throws IOException {
        Path spec = Files.writeString(
                folder.resolve("spec.yaml"),
                "scenario: {dataset: digits, class_incremental: {classes_per_task: 2}}\nmethod: {name: finetune}\n");
        String run = stack.engram("run", spec.toString(), "--no-watch").out().strip();
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> stack.engram("show", run).out().contains("succeeded"));
        return run;
    }

    private static void flipOneBit(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }
}
