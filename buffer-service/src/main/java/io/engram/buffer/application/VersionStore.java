package io.engram.buffer.application;

import io.engram.proto.name.BufferName;
import io.engram.replay.BufferSettings;
import io.engram.replay.ReplayBuffer;
import java.io.IOException;
import java.util.List;
import java.util.SortedSet;

/** Keeps versions of buffers where they outlive the service. Any thread, one at a time for each buffer; calls may block. */
public interface VersionStore {
    /** Buffers there is something of, by name. */
    List<BufferName> buffers() throws IOException;

    /** Versions of a buffer that are kept. */
    SortedSet<Long> versions(BufferName name) throws IOException;

    /** Makes a version durable; it is there whole when this returns, or not at all. */
    void write(BufferIdentity identity, long version, ReplayBuffer replay) throws IOException;

    /**
     * Opens a version.
     *
     * @throws IOException where it cannot be read, is of an unknown format, or damaged in what it says of itself
     */
    Stored open(BufferName name, long version) throws IOException;

    /** Removes a version that may be gone already. */
    void remove(BufferName name, long version) throws IOException;

    /** Removes everything of a buffer that may be gone already. */
    void removeAll(BufferName name) throws IOException;

    /** A version that is open for reading; one of {@link #read} and {@link #verify} is called, once. */
    interface Stored extends AutoCloseable {
        BufferIdentity identity();

        BufferSettings settings();

        /** @throws IOException where it is damaged */
        ReplayBuffer read() throws IOException;

        /**
         * Reads it without keeping it.
         *
         * @throws IOException where it is damaged
         */
        void verify() throws IOException;

        @Override
        void close() throws IOException;
    }
}
