package io.engram.learning.weight;

import io.engram.learning.artifact.CorruptArtifactException;
import io.engram.learning.artifact.Digest;
import io.engram.learning.artifact.NamedTensor;
import io.engram.learning.artifact.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Tensors by name in a file: {@code .safetensors}, or a NumPy archive ({@code .npz}).
 *
 * @param tensors in the order of the file
 * @param sha256 of the file, in hexadecimal
 */
public record WeightFile(List<NamedTensor> tensors, String sha256) {
    /** The largest file, and the most that an archive may hold, in bytes. */
    static final long LARGEST = 1L << 30;

    public WeightFile {
        tensors = List.copyOf(tensors);
    }

    /**
     * Reads a file of the data folder.
     *
     * @param path relative to the folder; links of the folder are followed, a path out of it is refused
     * @throws UnusableWeightsException where there is no such file, or it is of no known form
     */
    public static WeightFile read(Optional<Path> dataDir, String path) {
        Path file = find(dataDir, path);
        try {
            if (!Files.isRegularFile(file)) {
                throw new UnusableWeightsException("a file of the data folder; there is no file " + file);
            }
            if (Files.size(file) > LARGEST) {
                throw new UnusableWeightsException("a file of at most " + LARGEST + " bytes");
            }
            byte[] bytes = Files.readAllBytes(file);
            return new WeightFile(tensors(bytes, file), Digest.sha256(bytes));
        } catch (CorruptArtifactException e) {
            throw new UnusableWeightsException("weights that can be read; " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UnusableWeightsException("weights that can be read; " + file + ": " + e, e);
        }
    }

    private static List<NamedTensor> tensors(byte[] bytes, Path file) throws IOException {
        String name = file.getFileName().toString();
        if (name.endsWith(".safetensors")) {
            return Safetensors.decode(bytes, file);
        } else if (name.endsWith(".npz")) {
            return NumpyArchive.decode(bytes, file);
        }
        throw new UnusableWeightsException("a file whose name ends in .safetensors or .npz");
    }

    private static Path find(Optional<Path> dataDir, String path) {
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
