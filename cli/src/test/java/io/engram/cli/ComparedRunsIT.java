package io.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures that need the task that comes next, or another run, from a spec to the command. */
@Tag("end-to-end")
class ComparedRunsIT {
    private static final String ROTATED = "domain_incremental: {rotation: {tasks: 2, degrees_per_task: 5}}";

    private final SharedStack stack = SharedStack.get();

    @TempDir
    private Path folder;

    @Test
    void a_run_is_shown_with_its_transfer_to_the_next_task_and_beside_a_joint_run() throws IOException {
        String run = learn("finetune", ROTATED);
        String joint = learn("joint", ROTATED);

        Answer results = stack.engram("results", run, "--reference", joint);
        Struct.Builder json = Struct.newBuilder();
        JsonFormat.parser()
                .merge(
                        stack.engram("results", run, "--reference", joint, "--json")
                                .out(),
                        json);

        // Digits that are turned by five degrees are hardly others: nearly all that is learned helps, and chance is a
        // tenth.
        assertThat(results.status()).isZero();
        assertThat(results.out()).containsPattern("forward transfer +[0-9.]+ points");
        assertThat(json.getFieldsOrThrow("forward_transfer").getNumberValue()).isBetween(40.0, 100.0);
        // Both are trained on the same data with the first task, and neither forgets much of them.
        assertThat(results.out()).containsPattern("intransigence +-?[0-9.]+ points");
        assertThat(json.getFieldsOrThrow("intransigence").getNumberValue()).isBetween(-20.0, 20.0);
        assertThat(json.getFieldsOrThrow("stability").getNumberValue()).isGreaterThan(50);
    }

    @Test
    void a_reference_of_another_scenario_is_refused_with_what_differs() throws IOException {
        String run = learn("finetune", ROTATED);
        String other = learn("joint", "class_incremental: {classes_per_task: 5}");

        Answer results = stack.engram("results", run, "--reference", other);

        assertThat(results.status()).isEqualTo(1);
        assertThat(results.err())
                .contains(
                        "reference: was " + other + "; allowed: a run of the same scenario as " + run
                                + ", whose scenario is domain_incremental.rotation, 5.0 degrees per task, not class_incremental");
    }

    /** A run that has ended and was evaluated. */
    private String learn(String method, String scenario) throws IOException {
        Path spec = Files.writeString(
                folder.resolve("spec.yaml"),
                "scenario: {dataset: digits, " + scenario + "}\nmethod: {name: " + method
                        + "}\ntraining: {epochs: 5}\n");
        String run = stack.engram("run", spec.toString(), "--no-watch").out().strip();
        Answer watched = stack.engram(
                "watch", run, "--report", folder.resolve("report.html").toString());
        assertThat(watched.status()).as(watched.err()).isZero();
        return run;
    }
}
