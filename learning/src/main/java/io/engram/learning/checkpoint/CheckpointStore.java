package io.engram.learning.checkpoint;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The checkpoints of one run in a folder, by the attempt that wrote them and in the order they were written. A file appears whole
 * or not at all: it is written and synced under a temporary name and renamed.
 *
 * <p>Kept are the new checkpoint and the one it follows, which is the one written before it or the one the attempt went on from;
 * older ones and those in between are removed. Checkpoints of later attempts are left alone, so that an attempt that lost the run
 * without knowing disturbs nobody. Lives on the thread of its run.
 */
public final class CheckpointStore {
    private static final String SUFFIX = ".checkpoint";
    private static final Pattern NAME = Pattern.compile("\\d{10}-\\d{10}\\" + SUFFIX);

    private final Path folder;
    private final int attempt;
    private Optional<Path> followed = Optional.empty();

    /**
     * A store for the first attempt.
     *
     * @param folder made when it is not there; of this run alone
     */
    public CheckpointStore(Path folder) {
        this(folder, 1);
    }

    /**
     * A store for one attempt.
     *
     * @param folder made when it is not there; of this run alone
     * @param attempt 1 or more; those who work on a run one after another have ascending ones
     */
    public CheckpointStore(Path folder, int attempt) {
        this.folder = folder;
        this.attempt = attempt;
    }

    /**
     * Makes a checkpoint durable, and removes those that are not kept.
     *
     * @return its size in bytes
     * @throws UncheckedIOException where the file system refuses; what was written before stays
     */
    public long write(Checkpoint checkpoint) {
        try {
            makeFolder();
            List<Path> before = before(attempt + 1);
            Path file = folder.resolve(name(attempt, nextNumber(before)));
            writeWhole(file, checkpoint);
            for (Path old : before) {
                if (followed.filter(old::equals).isEmpty()) {
                    Files.deleteIfExists(old);
                }
            }
            followed = Optional.of(file);
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the checkpoint cannot be written to " + folder + ": " + e.getMessage(), e);
        }
    }

    /**
     * Checkpoints of this attempt and those before it, newest first.
     *
     * @throws UncheckedIOException where the folder cannot be read
     */
    public List<Kept> newestFirst() {
        try {
            return before(attempt + 1).stream().map(Kept::new).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the checkpoints in " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The attempt goes on from this one: the next that is written follows it. */
    public void goOnFrom(Kept kept) {
        followed = Optional.of(kept.file);
    }

    /** Written by attempts before one, newest first: names are in the order of their writing. */
    private List<Path> before(int end) throws IOException {
        String first = name(end, 0);
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            file -> NAME.matcher(file.getFileName().toString()).matches())
                    .filter(file -> file.getFileName().toString().compareTo(first) < 0)
                    .sorted(Comparator.comparing(
                                    (Path file) -> file.getFileName().toString())
                            .reversed())
                    .toList();
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    private long nextNumber(List<Path> newestFirst) {
        String first = name(attempt, 0);
        return newestFirst.stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.compareTo(first) > 0)
                .findFirst()
                .map(name -> 1 + Long.parseLong(name.substring(name.indexOf('-') + 1, name.indexOf('.'))))
                .orElse(1L);
    }

    private static String name(int attempt, long number) {
        return String.format(Locale.ROOT, "%010d-%010d%s", attempt, number, SUFFIX);
    }

    private void makeFolder() throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            sync(folder.toAbsolutePath().getParent());
        }
    }

    private void writeWhole(Path file, Checkpoint checkpoint) throws IOException {
        Path temporary = folder.resolve(".writing-" + attempt);
        try {
            writeSynced(temporary, checkpoint);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        sync(folder);
    }

    private static void writeSynced(Path file, Checkpoint checkpoint) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
            CheckpointFormat.write(checkpoint, out);
            out.flush();
            channel.force(true);
        }
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** A checkpoint in the folder; whether it can be read is seen when it is. */
    public static final class Kept {
        private final Path file;

        private Kept(Path file) {
            this.file = file;
        }

        /**
         * Reads it whole.
         *
         * @throws CorruptCheckpointException where it is damaged or of another format version
         * @throws UncheckedIOException where the file system refuses, or it is gone
         */
        public Checkpoint read() {
            try {
                return CheckpointFormat.read(file);
            } catch (IOException e) {
                throw new UncheckedIOException(file + " cannot be read: " + e.getMessage(), e);
            }
        }

        /** Where it is, for messages. */
        @Override
        public String toString() {
            return file.toString();
        }
    }
}
