package io.engram.learning.artifact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Frozen models in folders below one root: {@code descriptor.json} and {@code weights.safetensors}. A folder appears whole
 * or not at all: files are written and synced under a temporary name, and the folder is renamed last.
 */
public final class ArtifactStore {
    static final String DESCRIPTOR = "descriptor.json";
    static final String WEIGHTS = "weights.safetensors";

    /** As any other folder, less what the umask takes away; temporary folders are readable by their owner alone. */
    private static final FileAttribute<?> READABLE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxrwxrwx"));

    private final Path root;

    /** @param root made when it is not there */
    public ArtifactStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    /**
     * Makes a model durable. Writing the same model to the same place again is allowed and changes nothing; another model
     * in its place is not.
     *
     * @param uri a folder relative to the root, for example {@code runs/r1/tasks/0/1}
     * @throws ArtifactNotFoundException where {@code uri} points outside of the root
     * @throws UncheckedIOException where the file system refuses
     */
    public ArtifactReference write(FrozenModel model, String uri) {
        byte[] weights = Safetensors.encode(model.weights());
        byte[] descriptor = DescriptorJson.encode(model.descriptor(), Digest.sha256(weights));
        ArtifactReference reference =
                new ArtifactReference(uri, (long) weights.length + descriptor.length, Digest.sha256(descriptor));
        Path folder = inside(uri);
        try {
            Files.createDirectories(folder.getParent());
            Path temporary = Files.createTempDirectory(folder.getParent(), ".writing-", READABLE);
            try {
                writeSynced(temporary.resolve(WEIGHTS), weights);
                writeSynced(temporary.resolve(DESCRIPTOR), descriptor);
                sync(temporary);
                publish(temporary, folder, descriptor);
            } finally {
                discard(temporary);
            }
            for (Path parent = folder.getParent(); parent.startsWith(root); parent = parent.getParent()) {
                sync(parent);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the model cannot be written to " + root.resolve(uri) + ": " + reason(e), e);
        }
        return reference;
    }

    /**
     * Whether a model is where the reference says; what it is shows when it is read.
     *
     * @throws ArtifactNotFoundException where the reference points outside of the root
     */
    public boolean holds(ArtifactReference reference) {
        Path folder = inside(reference.uri());
        return Files.exists(folder.resolve(DESCRIPTOR)) && Files.exists(folder.resolve(WEIGHTS));
    }

    /**
     * Reads a model and checks it against the reference.
     *
     * @throws ArtifactNotFoundException where there is none
     * @throws CorruptArtifactException where a digest does not match or the format is unknown
     */
    public FrozenModel read(ArtifactReference reference) {
        return read(reference, model -> model);
    }

    /**
     * Reads a model and makes something of it. The digest of the weights is computed meanwhile, by a thread of its own: of weights
     * that are not those that were written something may be made, but nothing is returned.
     *
     * @param use called once, on the caller's thread
     * @throws ArtifactNotFoundException where there is none
     * @throws CorruptArtifactException where a digest does not match or the format is unknown
     */
    public <T> T read(ArtifactReference reference, Function<FrozenModel, T> use) {
        Path folder = inside(reference.uri());
        byte[] descriptor = bytes(folder.resolve(DESCRIPTOR));
        requireDigest(folder.resolve(DESCRIPTOR), Digest.sha256(descriptor), reference.sha256());
        DescriptorJson.Decoded decoded = DescriptorJson.decode(descriptor, folder.resolve(DESCRIPTOR));
        Path file = folder.resolve(WEIGHTS);
        byte[] weights = bytes(file);
        CompletableFuture<String> digest = CompletableFuture.supplyAsync(() -> Digest.sha256(weights));
        try {
            return use.apply(new FrozenModel(decoded.descriptor(), Safetensors.decode(weights, file)));
        } finally {
            // Where both fail, this says why.
            requireDigest(file, digest.join(), decoded.weightsSha256());
        }
    }

    private Path inside(String uri) {
        try {
            Path relative = Path.of(uri);
            Path folder = root.resolve(relative).normalize();
            if (relative.isAbsolute() || !folder.startsWith(root) || folder.equals(root)) {
                throw outside(uri);
            }
            return folder;
        } catch (InvalidPathException e) {
            throw outside(uri);
        }
    }

    private static ArtifactNotFoundException outside(String uri) {
        return new ArtifactNotFoundException(
                "artifact.uri: was \"" + uri + "\"; allowed: a folder inside the artifact folder");
    }

    private static void publish(Path temporary, Path folder, byte[] descriptor) throws IOException {
        try {
            Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Path existing = folder.resolve(DESCRIPTOR);
            if (!Files.exists(existing)) {
                throw e;
            }
            if (!Arrays.equals(Files.readAllBytes(existing), descriptor)) {
                throw new FileAlreadyExistsException(folder.toString(), null, "holds another model");
            }
        }
    }

    /** Does nothing where the folder was renamed. */
    private static void discard(Path temporary) throws IOException {
        Files.deleteIfExists(temporary.resolve(WEIGHTS));
        Files.deleteIfExists(temporary.resolve(DESCRIPTOR));
        Files.deleteIfExists(temporary);
    }

    /** The messages of some exceptions are the name of a file and nothing else. */
    private static String reason(IOException refused) {
        if (refused instanceof AccessDeniedException denied) {
            return "no permission to write " + denied.getFile();
        } else if (refused instanceof FileAlreadyExistsException existing && existing.getReason() == null) {
            return existing.getFile() + " is there already and no folder";
        }
        return refused.getMessage();
    }

    private static void writeSynced(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, Set.of(StandardOpenOption.READ))) {
            channel.force(true);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new ArtifactNotFoundException("the artifact's file " + file + " does not exist");
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read: " + e, e);
        }
    }

    private static void requireDigest(Path file, String found, String expected) {
        if (!found.equals(expected)) {
            throw new CorruptArtifactException(
                    file + " is not what was written: expected SHA-256 " + expected + ", found " + found);
        }
    }
}
