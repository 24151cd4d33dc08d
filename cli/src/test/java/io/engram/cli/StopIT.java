package io.engram.cli;

import static io.engram.cli.StackUnderTest.spec;
import static org.assertj.core.api.Assertions.assertThat;

import io.engram.localstack.Service;
import io.engram.proto.trainer.v1.Run;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stack is stopped in the middle of a run. */
@Tag("slow")
@Tag("end-to-end")
class StopIT {
    private static final int EPOCHS = 60;

    @TempDir
    private Path folder;

    @Test
    void a_stopped_stack_goes_on_with_its_run_after_the_next_start() {
        String name;
        try (StackUnderTest stack = StackUnderTest.durable(folder)) {
            name = stack.create(spec(EPOCHS)).getName();
            stack.awaitMiddle(name);
        }

        try (StackUnderTest stack = StackUnderTest.durable(folder)) {
            assertThat(stack.log(Service.TRAINER))
                    .contains("stopped (SHUTDOWN)")
                    .doesNotContain("its replay memory was not released");
            Run run = stack.awaitResults(name);
            Run undisturbed = stack.awaitResults(stack.create(spec(EPOCHS)).getName());
            assertThat(run.getAttempt()).isEqualTo(2);
            assertThat(stack.matrix(name)).isEqualTo(stack.matrix(undisturbed.getName()));
        }
    }
}
