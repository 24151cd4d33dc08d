package io.engram.learning.dataset;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.Optional;

/** Published files for tests that need them; they are skipped where the files are not. */
public final class PublishedData {

    private PublishedData() {}

    /** The folder that {@code ENGRAM_DATA_DIR} names, or the one beside the project. */
    public static Path folder() {
        return Optional.ofNullable(System.getenv("ENGRAM_DATA_DIR"))
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("engram.home", "."), "..", "shared", "data"));
    }

    static Dataset read(DatasetReader reader) {
        Optional<Path> folder = Optional.of(folder());
        String name = reader.description().name();
        assumeTrue(
                new Datasets(folder).problem(name).isEmpty(),
                () -> "needs the published files: ENGRAM_DATA_DIR names no folder with " + name);
        return reader.read(folder, SampleStorage.standard());
    }
}
