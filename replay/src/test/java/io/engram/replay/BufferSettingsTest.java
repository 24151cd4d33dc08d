package io.engram.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

class BufferSettingsTest {
    private static final String INSERTION_POLICIES =
            "class-balanced-reservoir, fifo, greedy-balanced, least-similar, ranked, reservoir, ring";

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
                        new Violation("insertion_policy", "'resevoir'", INSERTION_POLICIES),
                        new Violation("sampling_policy", "'all'", "class-balanced, uniform"));
    }

    @Test
    void theMessageNamesFieldValueAndWhatIsAllowed() {
        assertThatThrownBy(() -> new BufferSettings(-3, 1, "reservoir", "uniform", 0))
                .hasMessage("capacity was -3; allowed: 1 to 10000000");
        assertThatThrownBy(() -> new BufferSettings(1, 1, null, "uniform", 0))
                .hasMessage("insertion_policy was 'null'; allowed: " + INSERTION_POLICIES);
    }

    @Test
    void policiesThatBalanceClassesNeedRoomForTheClasses() {
        long plain = new BufferSettings(100, 1, "fifo", "uniform", 0).memoryBytesWhenFull();

        assertThat(plain).isEqualTo(100 * (1 + 36));
        // By hand: 84 bytes more a slot, and 25 for each of the 65536 classes there may be.
        assertThat(new BufferSettings(100, 1, "ring", "uniform", 0).memoryBytesWhenFull())
                .isEqualTo(new BufferSettings(100, 1, "fifo", "class-balanced", 0).memoryBytesWhenFull())
                .isEqualTo(plain + 100 * 84 + 65_536 * 25);
    }
}
