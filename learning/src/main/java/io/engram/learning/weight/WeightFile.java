package io.engram.learning.weight;

import io.engram.learning.artifact.CorruptArtifactException;
import io.engram.learning.artifact.Digest;
import io.engram.learning.artifact.NamedTensor;
import io.engram.learning.artifact.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
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
        try {
            Path file = DataFile.find(dataDir, path).file();
            byte[] bytes = Files.readAllBytes(file);
            return new WeightFile(tensors(bytes, file), Digest.sha256(bytes));
        } catch (CorruptArtifactException e) {
            throw new UnusableWeightsException("weights that can be read; " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UnusableWeightsException("weights that can be read; " + path + ": " + e, e);
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
}
