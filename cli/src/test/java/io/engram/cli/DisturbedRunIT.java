package io.engram.cli;

import static io.engram.cli.StackUnderTest.DEADLINE;
import static io.engram.cli.StackUnderTest.example;
import static io.engram.cli.StackUnderTest.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.engram.localstack.Service;
import io.engram.proto.event.EventType;
import io.engram.proto.trainer.v1.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services are killed in the middle of a run, or find no folder for models: nothing is lost, nothing is doubled. */
@Tag("end-to-end")
class DisturbedRunIT {
    private static final int EPOCHS = 60;

    @TempDir
    private static Path folder;

    private static StackUnderTest stack;
    private static Run undisturbed;

    @BeforeAll
    static void trainUndisturbed() {
        stack = StackUnderTest.ephemeral(folder);
        undisturbed = stack.awaitResults(stack.create(spec(EPOCHS)).getName());
        assertThat(undisturbed.getAttempt()).isEqualTo(1);
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    void a_killed_trainer_is_replaced_by_one_that_goes_on_where_it_was() {
        Run run = disturb(Service.TRAINER);

        assertThat(run.getAttempt()).isEqualTo(2);
        assertThat(run.getResumedFrom().getTaskIndex()).isPositive();
        assertSameAsUndisturbed(run);
    }

    @Test
    void a_run_that_lost_its_replay_memory_goes_on_with_the_committed_one() {
        Run run = disturb(Service.BUFFER);

        assertThat(run.getAttempt()).isGreaterThanOrEqualTo(2);
        assertThat(run.getResumedFrom().getTaskIndex()).isPositive();
        assertSameAsUndisturbed(run);
    }

    @Test
    void a_killed_evaluator_goes_on_where_it_was() {
        Run run = disturb(Service.EVALUATOR);

        assertThat(run.getAttempt()).isEqualTo(1);
        assertSameAsUndisturbed(run);
    }

    @Test
    void a_run_whose_models_cannot_be_written_fails_and_the_command_says_what_to_do() throws IOException {
        Path artifacts = folder.resolve("artifacts");
        Path aside = Files.move(artifacts, folder.resolve("artifacts-aside"));
        Files.createFile(artifacts);
        Answer refused;
        try {
            refused = engram("run", example().toString());
        } finally {
            Files.delete(artifacts);
            Files.move(aside, artifacts);
        }

        assertThat(refused.status()).isEqualTo(1);
        String said = refused.out() + refused.err();
        assertThat(said).contains("ARTIFACT_WRITE_FAILED", artifacts.toString(), "ENGRAM_ARTIFACT_DIR");
        String failed = said.replaceAll("(?s).*(runs/[a-z0-9]+) failed: .*", "$1");
        Answer shown = engram("show", failed);
        assertThat(shown.status()).isZero();
        assertThat(shown.out()).contains("failed", "ARTIFACT_WRITE_FAILED", "ENGRAM_ARTIFACT_DIR");
    }

    private static Answer engram(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--trainer", stack.addresses().trainer()));
        all.addAll(List.of("--evaluator", stack.addresses().evaluator()));
        return Answer.to(all.toArray(String[]::new));
    }

    @Tag("slow")
    @RepeatedTest(5)
    void every_service_is_killed_during_one_run() {
        String name = stack.create(spec(EPOCHS)).getName();
        for (Service service : Service.values()) {
            stack.awaitRun(name, run -> run.getTasksCount() > 0);
            stack.kill(service);
            stack.startAgain(service);
        }

        assertSameAsUndisturbed(stack.awaitResults(name));
    }

    private static Run disturb(Service service) {
        String name = stack.create(spec(EPOCHS)).getName();
        stack.awaitMiddle(name);
        stack.kill(service);
        stack.startAgain(service);
        return stack.awaitResults(name);
    }

    private static void assertSameAsUndisturbed(Run run) {
        assertThat(stack.matrix(run.getName())).isEqualTo(stack.matrix(undisturbed.getName()));
        for (int task = 0; task < run.getTaskCount(); task++) {
            assertThat(stack.weights(run, task)).isEqualTo(stack.weights(undisturbed, task));
        }
        assertEachLearnedTaskIsEvaluatedOnce(run);
    }

    /** An event may be told again under the same id, where its sender died before it noted that it was told. */
    private static void assertEachLearnedTaskIsEvaluatedOnce(Run run) {
        Set<String> completed = new HashSet<>(stack.told(run.getName(), EventType.TASK_COMPLETED));
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(evaluated(run)).containsExactlyInAnyOrderElementsOf(completed));
        assertThat(completed).containsExactlyInAnyOrder(ofTasks(run));
    }

    private static Set<String> evaluated(Run run) {
        Set<String> ids = new HashSet<>();
        stack.told(run.getName(), EventType.TASK_EVALUATED)
                .forEach(id -> ids.add(id.replaceAll("evaluated$", "completed")));
        return ids;
    }

    private static String[] ofTasks(Run run) {
        String id = run.getName().substring("runs/".length());
        return run.getTasksList().stream()
                .map(task -> id + "/" + task.getAttempt() + "/tasks/" + task.getTaskIndex() + "/completed")
                .toArray(String[]::new);
    }
}
