package io.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.cli.spec.RunSpecYaml;
import io.engram.localstack.EngramHome;
import io.engram.localstack.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the command says of files that hold, or do not hold, a run spec. */
class SpecFilesTest {
    @TempDir
    private Path folder;

    static Stream<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(EngramHome.find().root().resolve("examples"))) {
            return files.filter(file -> file.toString().endsWith(".yaml")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void every_example_is_read_and_sent(Path file) {
        String nobody = "127.0.0.1:" + FreePorts.next();

        Answer answer = Answer.to("run", file.toString(), "--trainer", nobody);

        assertThat(answer.err()).contains(nobody);
        assertThat(answer.status()).isEqualTo(1);
    }

    @Test
    void a_misspelt_field_is_named_with_its_line_and_a_suggestion() throws IOException {
        assertTextRefused("method: {name: er}\nmemory:\n  capcity: 10\n", "spec.yaml:3: memory.capcity", "`capacity`");
    }

    @Test
    void every_problem_is_reported_at_once() throws IOException {
        assertTextRefused(
                "sede: 1\ntraining: {epochs: many}\nmethod: er\n",
                "spec.yaml:1: sede",
                "`seed`",
                "spec.yaml:2: training.epochs: was `many`; allowed: an integer",
                "spec.yaml:3: method: was `er`; allowed: fields of its own (name, settings, weights, head, preset)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "training: {epochs: 1.5}           | training.epochs: was `1.5`; allowed: an integer",
                "training: {epochs: 99999999999}   | allowed: an integer",
                "training: {epochs: '3'}           | allowed: an integer",
                "training: {reset_optimizer: yes}  | allowed: true or false",
                "seed: 1:30                        | allowed: an integer",
                "seed: 1e999999999                 | allowed: an integer",
                "scenario: [digits]                | scenario: was a list",
                "method: {name: er, name: er}      | method.name: is given twice, first in line 1",
                "method: {settings: 3}             | method.settings: was `3`; allowed: settings by name",
                "[1, 2]                            | was a list",
                "a: *nowhere                       | not YAML",
                "a: &x [*x]                        | not YAML",
                "a: {b                             | not YAML",
                "'  '                              | is empty",
            })
    void what_is_no_run_spec_is_refused(String text, String message) throws IOException {
        assertTextRefused(text, message);
    }

    @Test
    void two_orders_of_classes_at_once_are_refused() throws IOException {
        assertTextRefused(
                "scenario: {class_incremental: {class_order: {labels: {values: [1, 0]}, shuffle_seed: 2}}}",
                "has labels and shuffle_seed; allowed: one of them");
    }

    @Test
    void a_file_that_is_too_large_is_refused_before_it_is_read() throws IOException {
        Files.write(folder.resolve("spec.yaml"), new byte[RunSpecYaml.LARGEST_FILE + 1]);

        assertRefused("allowed: at most 1048576");
    }

    @Test
    void a_file_that_is_not_there_is_said_so() {
        assertRefused("there is no such file");
    }

    private void assertTextRefused(String text, String... messages) throws IOException {
        Files.writeString(folder.resolve("spec.yaml"), text);
        assertRefused(messages);
    }

    private void assertRefused(String... messages) {
        Answer answer = Answer.to("run", folder.resolve("spec.yaml").toString());

        assertThat(answer.status()).isEqualTo(2);
        assertThat(answer.err()).contains(messages);
    }
}
