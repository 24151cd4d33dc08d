package io.engram.localstack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The data folder of a stack, which one stack holds at a time. */
final class StackFolder implements AutoCloseable {
    private final FileChannel channel;

    private StackFolder(FileChannel channel) {
        this.channel = channel;
    }

    static StackFolder hold(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(channel)) {
                channel.close();
                throw new LocalStackException("Another stack uses the data folder " + folder
                        + ". Stop it, or give --data-folder another one.");
            }
            return new StackFolder(channel);
        } catch (IOException e) {
            throw new LocalStackException("Cannot use the data folder " + folder + ": " + e.getMessage(), e);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
