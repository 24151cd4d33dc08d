package io.engram.learning.weight;

import io.engram.learning.artifact.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A file of the data folder that a backbone starts from.
 *
 * @param file where it is
 */
public record DataFile(Path file) {
    /** The largest file, and the most that an archive may hold, in bytes. */
    static final long LARGEST = 1L << 30;

    /**
     * Finds it.
     *
     * @param path relative to the folder; links of the folder are followed, a path out of it is refused
     * @throws UnusableWeightsException where there is no such file, or it is too large
     * @throws IOException where the file system refuses
     */
    public static DataFile find(Optional<Path> dataDir, String path) throws IOException {
        Path file = inside(dataDir, path);
        if (!Files.isRegularFile(file)) {
            throw new UnusableWeightsException("a file of the data folder; there is no file " + file);
        }
        if (Files.size(file) > LARGEST) {
            throw new UnusableWeightsException("a file of at most " + LARGEST + " bytes");
        }
        return new DataFile(file);
    }

    /** Its digest, in hexadecimal. */
    public String sha256() throws IOException {
        return Digest.sha256(Files.readAllBytes(file));
    }

    private static Path inside(Optional<Path> dataDir, String path) {
        Path root = dataDir.orElseThrow(() -> new UnusableWeightsException(
                        "a file of the data folder; ENGRAM_DATA_DIR or --data-dir names none"))
                .toAbsolutePath()
                .normalize();
        try {
            Path relative = Path.of(path);
            Path file = root.resolve(relative).normalize();
            if (!relative.isAbsolute() && file.startsWith(root)) {
                return file;
            }
        } catch (InvalidPathException e) {
            throw outside(e);
        }
        throw outside(null);
    }

    private static UnusableWeightsException outside(InvalidPathException cause) {
        return new UnusableWeightsException("a path inside the data folder, relative to it", cause);
    }
}
