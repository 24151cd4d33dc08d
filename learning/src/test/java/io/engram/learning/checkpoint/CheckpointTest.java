package io.engram.learning.checkpoint;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.engram.learning.artifact.ModuleFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckpointTest {
    private static final Optional<ModuleFile> MODULE = Optional.of(new ModuleFile("a.pt", "c0ffee"));

    @Test
    void aRunOfTheSameMethodDataAndModuleGoesOn() {
        assertThatCode(() -> checkpoint(MODULE).requireOf("er", "data", MODULE)).doesNotThrowAnyException();
        assertThatCode(() -> checkpoint(Optional.empty()).requireOf("er", "data", Optional.empty()))
                .doesNotThrowAnyException();
    }

    @Test
    void aRunOfAnotherMethodOrOnOtherDataIsToldBoth() {
        assertThatThrownBy(() -> checkpoint(MODULE).requireOf("der", "data", MODULE))
                .isInstanceOf(CorruptCheckpointException.class)
                .hasMessage("the checkpoint is of a run of er on data with fingerprint data,"
                        + " but this is a run of der on data with fingerprint data");
        assertThatThrownBy(() -> checkpoint(MODULE).requireOf("er", "others", MODULE))
                .hasMessageContaining("but this is a run of er on data with fingerprint others");
    }

    @Test
    void aRunOnAnotherModuleIsToldBoth() {
        assertThatThrownBy(
                        () -> checkpoint(MODULE).requireOf("er", "data", Optional.of(new ModuleFile("b.pt", "decade"))))
                .isInstanceOf(CorruptCheckpointException.class)
                .hasMessage("the checkpoint is of a run on the module with SHA-256 c0ffee,"
                        + " but this is one on b.pt, SHA-256 decade");
        assertThatThrownBy(() -> checkpoint(Optional.empty()).requireOf("er", "data", MODULE))
                .hasMessageContaining("of a run on no module, but this is one on a.pt, SHA-256 c0ffee");
    }

    private static Checkpoint checkpoint(Optional<ModuleFile> module) {
        return new Checkpoint(
                "er",
                "data",
                module.map(ModuleFile::sha256),
                List.of(1),
                Position.before(1),
                List.of(),
                Map.of(),
                1,
                Map.of(),
                new Totals(0, 0, 0, 0, 0, 0, 0, 0, 0, List.of()));
    }
}
