package io.engram.buffer.persistence;

import io.engram.buffer.application.BufferIdentity;
import io.engram.buffer.application.VersionStore;
import io.engram.proto.name.BufferName;
import io.engram.proto.name.ResourceId;
import io.engram.replay.ReplayBuffer;
import io.engram.replay.ReplaySnapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Versions as files {@code {buffer}/{version}.replay} below one folder, which one process holds at a time. A file is written
 * and synced under another name and then renamed, and the folder is synced: it is there whole after a crash, or not at all.
 */
public final class VersionFolder implements VersionStore, AutoCloseable {
    private static final String SUFFIX = ".replay";
    private static final String WRITING = "writing";
    private static final Pattern VERSION = Pattern.compile("[1-9]\\d{0,17}\\" + SUFFIX);

    private final Path root;
    private final FileChannel lock;

    private VersionFolder(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /**
     * Takes a folder for this process.
     *
     * @param root made when it is not there
     * @throws IOException where the file system refuses, or another process has it
     */
    public static VersionFolder hold(Path root) throws IOException {
        Files.createDirectories(root);
        FileChannel lock = FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock.tryLock() != null) {
                return new VersionFolder(root, lock);
            }
        } catch (OverlappingFileLockException ofThisProcess) {
            // refused below
        }
        lock.close();
        throw new IOException(root + " is used by another buffer service; give each its own (ENGRAM_BUFFER_DIR)");
    }

    @Override
    public List<BufferName> buffers() throws IOException {
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .filter(ResourceId::isValid)
                    .sorted()
                    .map(BufferName::new)
                    .toList();
        }
    }

    @Override
    public SortedSet<Long> versions(BufferName name) throws IOException {
        try (Stream<Path> files = Files.list(folder(name))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> VERSION.matcher(file).matches())
                    .map(file -> Long.valueOf(file.substring(0, file.length() - SUFFIX.length())))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Override
    public void write(BufferIdentity identity, long version, ReplayBuffer replay) throws IOException {
        Path folder = folder(identity.name());
        Files.createDirectories(folder);
        Path writing = folder.resolve(WRITING);
        try (FileChannel channel = FileChannel.open(
                writing, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            OutputStream file = Channels.newOutputStream(channel);
            VersionHeader.write(identity, file);
            ReplaySnapshot.write(replay, file);
            channel.force(true);
        }
        Files.move(writing, file(identity.name(), version), StandardCopyOption.ATOMIC_MOVE);
        sync(folder);
        sync(root);
    }

    @Override
    public Stored open(BufferName name, long version) throws IOException {
        return StoredVersion.open(file(name, version));
    }

    @Override
    public void remove(BufferName name, long version) throws IOException {
        Files.deleteIfExists(file(name, version));
    }

    @Override
    public void removeAll(BufferName name) throws IOException {
        Path folder = folder(name);
        if (!Files.isDirectory(folder)) {
            return;
        }
        for (long version : versions(name)) {
            remove(name, version);
        }
        Files.deleteIfExists(folder.resolve(WRITING));
        Files.delete(folder);
        sync(root);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private Path folder(BufferName name) {
        return root.resolve(name.buffer());
    }

    private Path file(BufferName name, long version) {
        return folder(name).resolve(version + SUFFIX);
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
