package io.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.localstack.FreePorts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine engram =
            EngramApplication.plain().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "up",
                "run",
                "runs",
                "show",
                "watch",
                "results",
                "cancel",
                "methods",
                "datasets",
                "backbones",
                "optimizers",
                "events"
            })
    void every_command_has_help_and_a_version(String command) {
        assertThat(engram.execute(command, "--help")).isZero();
        assertThat(engram.execute(command, "--version")).isZero();
        assertThat(out.toString()).contains("Usage: engram " + command);
    }

    @Test
    void an_unknown_command_is_answered_with_a_suggestion() {
        assertThat(engram.execute("demmo")).isEqualTo(2);
        assertThat(err.toString()).contains("demmo").contains("demo");
    }

    @Test
    void no_command_is_a_question_for_one() {
        assertThat(engram.execute()).isEqualTo(2);
        assertThat(err.toString()).contains("Which command?");
    }

    @Test
    void services_that_do_not_answer_are_named_with_what_to_do() {
        String nobody = "127.0.0.1:" + FreePorts.next();

        assertThat(engram.execute("runs", "--trainer", nobody)).isEqualTo(1);

        assertThat(err.toString()).contains(nobody).contains("engram up").doesNotContain("Exception");
        assertThat(err.toString().lines()).hasSize(1);
    }

    @Test
    void an_address_that_is_none_is_refused() {
        assertThat(engram.execute("events", "--kafka", "nowhere")).isEqualTo(1);
        assertThat(err.toString()).contains("host:port");
    }

    @Test
    void a_run_that_has_no_possible_name_is_refused_before_anybody_is_asked() {
        assertThat(engram.execute("show", "No Such Run")).isEqualTo(1);
        assertThat(err.toString()).contains("RUN").contains("No Such Run").contains("runs/{run}");
    }

    @Test
    void a_wrong_spec_is_refused_line_by_line() throws IOException {
        Path spec = Files.writeString(folder.resolve("spec.yaml"), "methd: {name: er}\n");

        assertThat(engram.execute("run", spec.toString())).isEqualTo(2);

        assertThat(err.toString()).contains("spec.yaml:1: methd").contains("`method`");
    }

    @Test
    void a_data_folder_that_is_not_there_is_refused() throws IOException {
        Path spec = Files.writeString(folder.resolve("spec.yaml"), "method: {name: er}\n");
        Path missing = folder.resolve("missing");
        List<String> command = List.of("run", spec.toString(), "--private", "--data-dir", missing.toString());

        assertThat(engram.execute(command.toArray(String[]::new))).isEqualTo(1);

        assertThat(err.toString()).contains("--data-dir was " + missing).contains("allowed: a folder");
    }
}
