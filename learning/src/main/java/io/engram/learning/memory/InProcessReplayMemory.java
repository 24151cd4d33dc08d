package io.engram.learning.memory;

import io.engram.replay.BufferSettings;
import io.engram.replay.ReplayBuffer;
import io.engram.replay.SampleBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.function.Consumer;

/** The state machine of the buffer service, called directly. */
public final class InProcessReplayMemory implements ReplayMemory {
    private final BufferSettings settings;
    private final int sampleLimit;
    private final CommittedVersions versions;
    private final SampleBatch[] drawn;
    private ReplayBuffer buffer;
    private int next;
    /** The version it follows; 0 for none. */
    private long base;

    /**
     * Keeps its versions on the heap.
     *
     * @param sampleLimit the most samples an exchange will draw
     */
    public InProcessReplayMemory(BufferSettings settings, int sampleLimit) {
        this(settings, sampleLimit, new HeapVersions());
    }

    /**
     * Keeps its versions in a folder, where a later memory finds them.
     *
     * @param folder of this memory alone; made by the first commit
     */
    public InProcessReplayMemory(BufferSettings settings, int sampleLimit, Path folder) {
        this(settings, sampleLimit, new FolderVersions(folder));
    }

    private InProcessReplayMemory(BufferSettings settings, int sampleLimit, CommittedVersions versions) {
        this.settings = settings;
        this.sampleLimit = sampleLimit;
        this.versions = versions;
        buffer = new ReplayBuffer(settings);
        drawn = new SampleBatch[] {batch(), batch()};
    }

    private SampleBatch batch() {
        return new SampleBatch(sampleLimit, settings.itemBytes());
    }

    @Override
    public PendingReplay exchange(SampleBatch remember, int draw) {
        SampleBatch batch = drawn[next];
        next = 1 - next;
        buffer.insert(remember);
        buffer.sample(draw, batch);
        return () -> batch;
    }

    @Override
    public long commit() {
        try {
            SortedSet<Long> before = versions.kept();
            long version = before.isEmpty() ? 1 : before.last() + 1;
            versions.write(version, buffer);
            before.remove(base);
            for (long old : before) {
                versions.remove(old);
            }
            base = version;
            return version;
        } catch (IOException failed) {
            throw new ReplayMemoryException("the replay memory cannot be committed: " + failed.getMessage(), failed);
        }
    }

    @Override
    public void restore(long version) {
        try {
            buffer = version == 0 ? new ReplayBuffer(settings) : read(version);
            base = version;
        } catch (IOException damaged) {
            throw new ReplayVersionException(
                    "version " + version + " of the replay memory cannot be read: " + damaged.getMessage(), damaged);
        }
    }

    private ReplayBuffer read(long version) throws IOException {
        SortedSet<Long> kept = versions.kept();
        if (!kept.contains(version)) {
            throw new ReplayVersionException("version " + version + " of the replay memory is not kept; kept: " + kept);
        }
        ReplayBuffer read = versions.read(version);
        if (!read.settings().equals(settings)) {
            throw new ReplayVersionException("version " + version + " of the replay memory was made with "
                    + read.settings() + "; expected: " + settings);
        }
        return read;
    }

    @Override
    public void scan(Consumer<SampleBatch> visitor) {
        SampleBatch batch = batch();
        int first = 0;
        for (int count = buffer.scan(first, batch); count > 0; count = buffer.scan(first, batch)) {
            visitor.accept(batch);
            first += count;
        }
    }

    @Override
    public void close() {
        // the heap is all it holds, but for the folder, which stays
    }
}
