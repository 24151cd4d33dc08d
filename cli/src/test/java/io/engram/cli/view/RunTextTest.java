package io.engram.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.engram.proto.trainer.v1.Run;
import org.junit.jupiter.api.Test;

/** Runs on the JVM alone: it calls classes. */
class RunTextTest {
    @Test
    void a_run_is_shown_with_the_preset_that_its_spec_names() throws InvalidProtocolBufferException {
        // Given
        Run.Builder run = Run.newBuilder().setName("runs/a");
        run.getSpecBuilder().getMethodBuilder().setName("er").setPreset("of-a-paper");

        // When
        String shown = RunText.full(run.build());

        // Then
        assertThat(shown).contains("\"preset\": \"of-a-paper\"");
    }
}
