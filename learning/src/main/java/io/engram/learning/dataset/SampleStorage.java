package io.engram.learning.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where samples are held. Up to a limit they stay in native memory; more of them lie in a file without a name, which the process maps
 * into its address space: the system reads of it what is trained on, and keeps in memory what there is room for. The file goes with the
 * process, however that ends. What is trained does not depend on where samples are held.
 *
 * @param residentLimit bytes that the training samples of a data set, or its test samples, may take in native memory, at least 0
 * @param deviceLimit bytes that they may take in the memory of a device other than the CPU, at least 0; of more, each batch is sent there
 * @param scratchFolder where files are made, which has to have room for the samples beyond {@code residentLimit}
 * @param partLimit bytes that lie in one buffer, at least those of a sample
 */
public record SampleStorage(long residentLimit, long deviceLimit, Path scratchFolder, int partLimit) {
    private static final int BLOCK = 1 << 20;

    /** Checks the limits. */
    public SampleStorage {
        requireNotNegative("data-memory-bytes", residentLimit);
        requireNotNegative("data-device-bytes", deviceLimit);
    }

    /** As many bytes in one buffer as Java can address. */
    public SampleStorage(long residentLimit, long deviceLimit, Path scratchFolder) {
        this(residentLimit, deviceLimit, scratchFolder, Integer.MAX_VALUE);
    }

    /** 1 GiB in native memory, 4 GiB on a device, and the system's folder for temporary files. */
    public static SampleStorage standard() {
        return of(1L << 30, 4L << 30, Optional.empty());
    }

    /**
     * As settings say, but never more in native memory than half of what Java gives such buffers, which is as much as its heap may take.
     *
     * @param scratchFolder the system's folder for temporary files where it is empty
     */
    public static SampleStorage of(long residentLimit, long deviceLimit, Optional<Path> scratchFolder) {
        return new SampleStorage(
                Math.min(residentLimit, Runtime.getRuntime().maxMemory() / 2),
                deviceLimit,
                scratchFolder.orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"))));
    }

    private static void requireNotNegative(String name, long limit) {
        if (limit < 0) {
            throw new IllegalArgumentException(name + " was " + limit + "; allowed: 0 or more");
        }
    }

    /**
     * Room for samples, all of their values 0.
     *
     * @param samples at least 0
     * @param itemBytes bytes of one, at least 1
     * @throws DatasetUnavailableException where the scratch folder has no room for them
     */
    public SampleItems allocate(int samples, int itemBytes) {
        int inPart = Math.max(1, partLimit / itemBytes);
        List<Integer> lengths = new ArrayList<>();
        for (int start = 0; start < samples || lengths.isEmpty(); start += inPart) {
            lengths.add(Math.min(inPart, samples - start) * itemBytes);
        }
        boolean resident = (long) samples * itemBytes <= residentLimit;
        return new SampleItems(this, samples, itemBytes, inPart, resident ? resident(lengths) : mapped(lengths));
    }

    private static List<ByteBuffer> resident(List<Integer> lengths) {
        return lengths.stream().map(ByteBuffer::allocateDirect).toList();
    }

    private List<ByteBuffer> mapped(List<Integer> lengths) {
        long bytes = lengths.stream().mapToLong(Integer::longValue).sum();
        try {
            Path file = Files.createTempFile(scratchFolder, "engram-samples-", ".bin");
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)) {
                fill(channel, bytes);
                List<ByteBuffer> parts = new ArrayList<>();
                long start = 0;
                for (int length : lengths) {
                    parts.add(channel.map(FileChannel.MapMode.READ_WRITE, start, length));
                    start += length;
                }
                return parts;
            }
        } catch (IOException e) {
            throw new DatasetUnavailableException(
                    "samples of " + bytes + " bytes are more than the " + residentLimit
                            + " that stay in memory, and cannot be put into a file in " + scratchFolder + ": " + e
                            + "; give a scratch-dir with room for them, or more data-memory-bytes and a heap of twice as many",
                    e);
        }
    }

    /** Takes the room now: a write to a mapped file on a full disk would end the process. */
    private static void fill(FileChannel channel, long bytes) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocateDirect(BLOCK);
        for (long written = 0; written < bytes; ) {
            written += channel.write(zeros.clear().limit((int) Math.min(BLOCK, bytes - written)));
        }
    }
}
