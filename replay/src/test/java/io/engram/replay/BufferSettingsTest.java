package io.engram.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

class BufferSettingsTest {
    @Test
    void theBoundsThemselvesAreAllowed() {
        assertThat(new BufferSettings(1, 1, "reservoir", "uniform", Long.MIN_VALUE).capacity())
                .isEqualTo(1);
        assertThat(new BufferSettings(10_000_000, 16_777_216, "reservoir", "uniform", 0).itemBytes())
                .isEqualTo(16_777_216);
    }

    @Test
    void everyValueThatIsNotAllowedIsNamedAtOnce() {
        var refused = catchThrowableOfType(
                InvalidValueException.class, () -> new BufferSettings(0, 16_777_217, "resevoir", "all", 0));

        assertThat(refused.violations())
                .containsExactly(
                        new Violation("capacity", "0", "1 to 10000000"),
                        new Violation("item_bytes", "16777217", "1 to 16777216"),
                        new Violation("insertion_policy", "'resevoir'", "reservoir"),
                        new Violation("sampling_policy", "'all'", "uniform"));
    }

    @Test
    void theMessageNamesFieldValueAndWhatIsAllowed() {
        assertThatThrownBy(() -> new BufferSettings(-3, 1, "reservoir", "uniform", 0))
                .hasMessage("capacity was -3; allowed: 1 to 10000000");
        assertThatThrownBy(() -> new BufferSettings(1, 1, null, "uniform", 0))
                .hasMessage("insertion_policy was 'null'; allowed: reservoir");
    }
}
