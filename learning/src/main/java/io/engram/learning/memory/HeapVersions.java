package io.engram.learning.memory;

import io.engram.replay.ReplayBuffer;
import io.engram.replay.ReplaySnapshot;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Versions on the heap: each takes about as much as the memory itself, up to 2 GiB. */
final class HeapVersions implements CommittedVersions {
    private final SortedMap<Long, byte[]> versions = new TreeMap<>();

    @Override
    public SortedSet<Long> kept() {
        return new TreeSet<>(versions.keySet());
    }

    @Override
    public void write(long version, ReplayBuffer buffer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ReplaySnapshot.write(buffer, bytes);
        versions.put(version, bytes.toByteArray());
    }

    @Override
    public ReplayBuffer read(long version) throws IOException {
        return ReplaySnapshot.open(new ByteArrayInputStream(versions.get(version)))
                .read();
    }

    @Override
    public void remove(long version) {
        versions.remove(version);
    }
}
