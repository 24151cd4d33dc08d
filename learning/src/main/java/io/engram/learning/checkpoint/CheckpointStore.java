package io.engram.learning.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The checkpoints of one run in a folder, numbered in the order they were written. A file appears whole or not at all: it is
 * written and synced under a temporary name and renamed. The newest two are kept, so that there is one to go on from while the
 * next is written; older ones are removed.
 */
public final class CheckpointStore {
    private static final int KEPT = 2;
    private static final String SUFFIX = ".checkpoint";
    private static final Pattern NAME = Pattern.compile("\\d{10}\\" + SUFFIX);

    private final Path folder;

    /** @param folder made when it is not there; of this run alone */
    public CheckpointStore(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes a checkpoint durable, and removes those that are not kept.
     *
     * @throws UncheckedIOException where the file system refuses; what was written before stays
     */
    public void write(Checkpoint checkpoint) {
        try {
            Files.createDirectories(folder);
            List<Path> before = newestFirst();
            long number = before.isEmpty() ? 1 : number(before.get(0)) + 1;
            Path temporary = folder.resolve(".writing" + SUFFIX);
            writeSynced(temporary, CheckpointFormat.encode(checkpoint));
            Files.move(temporary, folder.resolve("%010d%s".formatted(number, SUFFIX)), StandardCopyOption.ATOMIC_MOVE);
            sync(folder);
            for (Path old : before.subList(Math.min(before.size(), KEPT - 1), before.size())) {
                Files.delete(old);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the checkpoint cannot be written to " + folder + ": " + e.getMessage(), e);
        }
    }

    /**
     * The newest checkpoint; empty where there is none.
     *
     * @throws CorruptCheckpointException where it is damaged or of another format version
     */
    public Optional<Checkpoint> latest() {
        try {
            Optional<Path> newest = newestFirst().stream().findFirst();
            return newest.isEmpty()
                    ? Optional.empty()
                    : Optional.of(CheckpointFormat.decode(
                            Files.readAllBytes(newest.get()), newest.get().toString()));
        } catch (IOException e) {
            throw new UncheckedIOException("the checkpoints in " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    private List<Path> newestFirst() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            file -> NAME.matcher(file.getFileName().toString()).matches())
                    .sorted(Comparator.comparingLong(CheckpointStore::number).reversed())
                    .toList();
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    private static long number(Path file) {
        String name = file.getFileName().toString();
        return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    }

    private static void writeSynced(Path file, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
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
}
