package io.engram.cli.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Value;
import io.engram.localstack.EngramHome;
import io.engram.proto.type.v1.RunSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a file becomes. Runs on the JVM alone: it looks at the message inside; what is said of files is in {@code SpecFilesTest}. */
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
    void a_method_may_name_a_preset_and_a_backbone_a_head() {
        // When
        RunSpec spec = RunSpecYaml.parse(
                "a",
                "method: {name: er, preset: of-a-paper}\n"
                        + "backbone: {name: mlp, head: {name: split-cosine, settings: {proxies: 3}}}");

        // Then
        assertThat(spec.getMethod().getPreset()).isEqualTo("of-a-paper");
        assertThat(spec.getBackbone().getHead().getName()).isEqualTo("split-cosine");
        assertThat(spec.getBackbone()
                        .getHead()
                        .getSettings()
                        .getFieldsOrThrow("proxies")
                        .getNumberValue())
                .isEqualTo(3);
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

    private static List<Double> numbers(Value list) {
        return list.getListValue().getValuesList().stream()
                .map(Value::getNumberValue)
                .toList();
    }
}
