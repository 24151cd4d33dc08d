package io.engram.learning.weight;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightFileTest {

    @TempDir
    private Path parent;

    @ParameterizedTest
    @ValueSource(strings = {"../secret.npz", "a/../../secret.npz", "/etc/passwd", "..", "a\0b.npz"})
    void aPathOutOfTheDataFolderIsRefused(String path) throws IOException {
        Files.createDirectory(parent.resolve("data"));
        Files.write(parent.resolve("secret.npz"), new byte[] {1});

        refused(path).hasMessage("a path inside the data folder, relative to it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none.npz", "."})
    void aFileThatIsNotThereIsRefused(String path) throws IOException {
        Files.createDirectory(parent.resolve("data"));

        refused(path).hasMessageStartingWith("a file of the data folder; there is no file " + parent.resolve("data"));
    }

    @Test
    void aFileOfAnotherFormIsRefused() throws IOException {
        Files.createDirectory(parent.resolve("data"));
        Files.write(parent.resolve("data/w.pt"), new byte[] {1});

        refused("w.pt").hasMessage("a file whose name ends in .safetensors or .npz");
    }

    @ParameterizedTest
    @ValueSource(strings = {"w.npz", "w.safetensors"})
    void aFileThatHoldsSomethingElseIsRefused(String name) throws IOException {
        Files.createDirectory(parent.resolve("data"));
        Files.write(parent.resolve("data").resolve(name), new byte[] {1, 2, 3});

        refused(name)
                .hasMessageStartingWith(
                        "weights that can be read; " + parent.resolve("data").resolve(name));
    }

    @Test
    void withoutADataFolderThereAreNoWeights() {
        assertThatThrownBy(() -> WeightFile.read(Optional.empty(), "w.npz"))
                .isInstanceOf(UnusableWeightsException.class)
                .hasMessage("a file of the data folder; ENGRAM_DATA_DIR or --data-dir names none");
    }

    private AbstractThrowableAssert<?, ?> refused(String path) {
        return assertThatThrownBy(() -> WeightFile.read(Optional.of(parent.resolve("data")), path))
                .isInstanceOf(UnusableWeightsException.class);
    }
}
