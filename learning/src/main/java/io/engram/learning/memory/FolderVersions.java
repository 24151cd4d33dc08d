package io.engram.learning.memory;

import io.engram.replay.ReplayBuffer;
import io.engram.replay.ReplaySnapshot;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Versions as files of one folder, {@code {version}.replay}: written and synced under another name, then renamed. */
final class FolderVersions implements CommittedVersions {
    private static final String SUFFIX = ".replay";
    private static final Pattern NAME = Pattern.compile("[1-9]\\d{0,17}\\" + SUFFIX);

    private final Path folder;

    /** @param folder of one memory alone; made when it is not there */
    FolderVersions(Path folder) {
        this.folder = folder;
    }

    @Override
    public SortedSet<Long> kept() throws IOException {
        if (!Files.isDirectory(folder)) {
            return new TreeSet<>();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> NAME.matcher(name).matches())
                    .map(name -> Long.valueOf(name.substring(0, name.length() - SUFFIX.length())))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Override
    public void write(long version, ReplayBuffer buffer) throws IOException {
        Files.createDirectories(folder);
        Path writing = folder.resolve("writing");
        try (FileChannel channel = FileChannel.open(
                writing, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ReplaySnapshot.write(buffer, Channels.newOutputStream(channel));
            channel.force(true);
        }
        Files.move(writing, file(version), StandardCopyOption.ATOMIC_MOVE);
        sync(folder);
        sync(folder.toAbsolutePath().getParent());
    }

    @Override
    public ReplayBuffer read(long version) throws IOException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(file(version)))) {
            return ReplaySnapshot.open(file).read();
        }
    }

    @Override
    public void remove(long version) throws IOException {
        Files.deleteIfExists(file(version));
    }

    private Path file(long version) {
        return folder.resolve(version + SUFFIX);
    }

    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
