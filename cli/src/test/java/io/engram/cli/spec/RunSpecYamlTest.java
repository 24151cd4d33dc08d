package io.engram.cli.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Value;
import io.engram.localstack.EngramHome;
import io.engram.proto.type.v1.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RunSpecYamlTest {
    static Stream<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(EngramHome.find().root().resolve("examples"))) {
            return files.filter(file -> file.toString().endsWith(".yaml")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void every_example_is_read(Path file) {
        // When
        RunSpec spec = RunSpecYaml.read(file);

        // Then
        assertThat(spec.getScenario().getDataset()).isNotEmpty();
        assertThat(spec.getMethod().getName()).isNotEmpty();
    }

    @Test
    void the_demo_is_experience_replay_on_the_digits() {
        // When
        RunSpec spec = RunSpecYaml.read(EngramHome.find().root().resolve("examples/digits-er.yaml"));

        // Then
        assertThat(spec.getScenario().getClassIncremental().getClassesPerTask()).isEqualTo(2);
        assertThat(spec.getMemory().getCapacity()).isEqualTo(400);
        assertThat(numbers(spec.getBackbone().getSettings().getFieldsOrThrow("hidden")))
                .containsExactly(256.0, 256.0);
        assertThat(spec.getOptimizer()
                        .getSettings()
                        .getFieldsOrThrow("learning_rate")
                        .getNumberValue())
                .isEqualTo(0.1);
    }

    @Test
    void names_of_the_contract_and_of_its_JSON_are_both_read() {
        // When
        RunSpec proto =
                RunSpecYaml.parse("a", "display_name: x\nscenario: {class_incremental: {first_task_classes: 4}}");
        RunSpec json = RunSpecYaml.parse("b", "displayName: x\nscenario: {classIncremental: {firstTaskClasses: 4}}");

        // Then
        assertThat(proto).isEqualTo(json);
        assertThat(json.getScenario().getClassIncremental().getFirstTaskClasses())
                .isEqualTo(4);
    }

    @Test
    void a_misspelt_field_is_named_with_its_line_and_a_suggestion() {
        assertRefused("method: {name: er}\nmemory:\n  capcity: 10\n", "spec.yaml:3: memory.capcity", "`capacity`");
    }

    @Test
    void every_problem_is_reported_at_once() {
        assertRefused(
                "sede: 1\ntraining: {epochs: many}\nmethod: er\n",
                "spec.yaml:1: sede",
                "`seed`",
                "spec.yaml:2: training.epochs: was `many`; allowed: an integer",
                "spec.yaml:3: method: was `er`; allowed: fields of its own (name, settings)");
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
    void what_is_no_run_spec_is_refused(String text, String message) {
        assertRefused(text, message);
    }

    @Test
    void two_orders_of_classes_at_once_are_refused() {
        assertRefused(
                "scenario: {class_incremental: {class_order: {labels: {values: [1, 0]}, shuffle_seed: 2}}}",
                "has labels and shuffle_seed; allowed: one of them");
    }

    @Test
    void numbers_in_settings_are_those_of_JSON() {
        // When
        RunSpec spec =
                RunSpecYaml.parse("a", "method: {name: er, settings: {a: 1e-3, b: no, c: true, d: '5', e: [1, 2]}}");

        // Then
        var settings = spec.getMethod().getSettings().getFieldsMap();
        assertThat(settings.get("a").getNumberValue()).isEqualTo(0.001);
        assertThat(settings.get("b").getStringValue()).isEqualTo("no");
        assertThat(settings.get("c").getBoolValue()).isTrue();
        assertThat(settings.get("d").getStringValue()).isEqualTo("5");
        assertThat(numbers(settings.get("e"))).containsExactly(1.0, 2.0);
    }

    @Test
    void a_file_that_is_too_large_is_refused_before_it_is_read(@TempDir Path folder) throws IOException {
        // Given
        Path file = Files.write(folder.resolve("big.yaml"), new byte[RunSpecYaml.LARGEST_FILE + 1]);

        // When, Then
        assertThatThrownBy(() -> RunSpecYaml.read(file)).hasMessageContaining("allowed: at most 1048576");
    }

    @Test
    void a_file_that_is_not_there_is_said_so(@TempDir Path folder) {
        assertThatThrownBy(() -> RunSpecYaml.read(folder.resolve("none.yaml")))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("there is no such file");
    }

    private static void assertRefused(String text, String... messages) {
        assertThatThrownBy(() -> RunSpecYaml.parse("spec.yaml", text))
                .isInstanceOf(SpecException.class)
                .message()
                .contains(messages);
    }

    private static List<Double> numbers(Value list) {
        return list.getListValue().getValuesList().stream()
                .map(Value::getNumberValue)
                .toList();
    }
}
