package io.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.engram.localstack.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
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
        Answer help = Answer.to(command, "--help");

        assertThat(help.status()).isZero();
        assertThat(help.out()).contains("Usage: engram " + command);
        assertThat(Answer.to(command, "--version").status()).isZero();
    }

    @Test
    void an_unknown_command_is_answered_with_a_suggestion() {
        Answer answer = Answer.to("demmo");

        assertThat(answer.status()).isEqualTo(2);
        assertThat(answer.err()).contains("demmo").contains("demo");
    }

    @Test
    void no_command_is_a_question_for_one() {
        Answer answer = Answer.to();

        assertThat(answer.status()).isEqualTo(2);
        assertThat(answer.err()).contains("Which command?");
    }

    @Test
    void services_that_do_not_answer_are_named_with_what_to_do() {
        String nobody = "127.0.0.1:" + FreePorts.next();

        Answer answer = Answer.to("runs", "--trainer", nobody);

        assertThat(answer.status()).isEqualTo(1);
        assertThat(answer.err()).contains(nobody).contains("engram up").doesNotContain("Exception");
        assertThat(answer.err().lines()).hasSize(1);
    }

    @Test
    void an_address_that_is_none_is_refused() {
        Answer answer = Answer.to("events", "--kafka", "nowhere");

        assertThat(answer.status()).isEqualTo(1);
        assertThat(answer.err()).contains("host:port");
    }

    @Test
    void a_run_that_has_no_possible_name_is_refused_before_anybody_is_asked() {
        Answer answer = Answer.to("show", "No Such Run");

        assertThat(answer.status()).isEqualTo(1);
        assertThat(answer.err()).contains("RUN").contains("No Such Run").contains("runs/{run}");
    }

    @Test
    void a_reference_that_has_no_possible_name_is_called_that() {
        Answer answer = Answer.to("results", "r1", "--reference", "No Such Run");

        assertThat(answer.status()).isEqualTo(1);
        assertThat(answer.err()).contains("--reference").contains("No Such Run").contains("runs/{run}");
    }

    @Test
    void a_task_without_the_confusion_matrix_or_before_the_first_is_refused() {
        Answer alone = Answer.to("results", "r1", "--after", "2");
        Answer early = Answer.to("results", "r1", "--confusion", "--after", "0");

        assertThat(alone.status()).isEqualTo(2);
        assertThat(alone.err()).contains("--after was 2; allowed: 1 or more, beside --confusion");
        assertThat(early.err()).contains("--after was 0; allowed: 1 or more, beside --confusion");
    }

    @Test
    void a_wrong_spec_is_refused_line_by_line() throws IOException {
        Path spec = Files.writeString(folder.resolve("spec.yaml"), "methd: {name: er}\n");

        Answer answer = Answer.to("run", spec.toString());

        assertThat(answer.status()).isEqualTo(2);
        assertThat(answer.err()).contains("spec.yaml:1: methd").contains("`method`");
    }

    @Test
    void a_data_folder_that_is_not_there_is_refused() throws IOException {
        Path spec = Files.writeString(folder.resolve("spec.yaml"), "method: {name: er}\n");
        Path missing = folder.resolve("missing");
        List<String> command = List.of("run", spec.toString(), "--private", "--data-dir", missing.toString());

        Answer answer = Answer.to(command.toArray(String[]::new));

        assertThat(answer.status()).isEqualTo(1);
        assertThat(answer.err()).contains("--data-dir was " + missing).contains("allowed: a folder");
    }
}
