package io.engram.learning.memory;

import io.engram.replay.ReplayBuffer;
import java.io.IOException;
import java.util.SortedSet;

/** Where a memory in process keeps its versions. Lives on the thread of its run. */
interface CommittedVersions {
    /** Those that are kept. */
    SortedSet<Long> kept() throws IOException;

    /** Keeps a version; it is there whole when this returns, or not at all. */
    void write(long version, ReplayBuffer buffer) throws IOException;

    /** @throws io.engram.replay.CorruptSnapshotException where it is damaged */
    ReplayBuffer read(long version) throws IOException;

    void remove(long version) throws IOException;
}
