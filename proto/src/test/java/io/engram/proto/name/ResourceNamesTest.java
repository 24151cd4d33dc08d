package io.engram.proto.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.engram.proto.error.ApiException;
import io.engram.proto.error.ErrorReason;
import io.engram.proto.error.FieldViolation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceNamesTest {
    @Test
    void namesAreReadBackAsTheyWereWritten() {
        assertThat(RunName.parse("name", "runs/r-1"))
                .isEqualTo(new RunName("r-1"))
                .hasToString("runs/r-1");
        assertThat(TaskName.parse("task", "runs/r-1/tasks/12"))
                .isEqualTo(new RunName("r-1").task(12))
                .hasToString("runs/r-1/tasks/12");
        assertThat(BufferName.parse("name", "buffers/9"))
                .isEqualTo(new BufferName("9"))
                .hasToString("buffers/9");
        assertThat(RunName.parse("name", "runs/" + "a".repeat(128)).run()).hasSize(128);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "runs/", "r1", "runs/R1", "runs/-a", "runs/a_b", "runs/../x", "runs/a/tasks/0", "RUNS/a"})
    void whatIsNoNameOfARunIsRefused(String name) {
        assertThatThrownBy(() -> RunName.parse("name", name)).isInstanceOfSatisfying(ApiException.class, refused -> {
            assertThat(refused.reason()).isEqualTo(ErrorReason.INVALID_ARGUMENT);
            assertThat(refused.violations())
                    .containsExactly(new FieldViolation(
                            "name",
                            name,
                            "runs/{run}, run being 1 to 128 of a-z, 0-9 and -, beginning with a letter or digit"));
        });
    }

    @Test
    void anIdIsAtMost128Long() {
        assertThatThrownBy(() -> RunName.parse("name", "runs/" + "a".repeat(129)))
                .isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> new BufferName("a".repeat(129))).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "runs/a",
                "runs/a/tasks/",
                "runs/a/tasks/-1",
                "runs/a/tasks/01",
                "runs/A/tasks/0",
                "runs/a/tasks/99999999999"
            })
    void whatIsNoNameOfATaskIsRefused(String name) {
        assertThatThrownBy(() -> TaskName.parse("task", name))
                .isInstanceOfSatisfying(ApiException.class, refused -> assertThat(refused.violations())
                        .extracting(FieldViolation::field, FieldViolation::value)
                        .containsExactly(tuple("task", name)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "buffers/", "buffers/A", "runs/a"})
    void whatIsNoNameOfABufferIsRefused(String name) {
        assertThatThrownBy(() -> BufferName.parse("name", name))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("buffers/{buffer}");
    }

    @Test
    void anIdInARequestIsCheckedWithItsField() {
        assertThat(ResourceId.require("buffer_id", "b1")).isEqualTo("b1");
        assertThatThrownBy(() -> ResourceId.require("buffer_id", "b 1"))
                .isInstanceOfSatisfying(ApiException.class, refused -> assertThat(refused.violations())
                        .isEqualTo(List.of(new FieldViolation("buffer_id", "b 1", ResourceId.ALLOWED))));
    }
}
