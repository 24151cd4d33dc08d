package io.engram.buffer.persistence;

import io.engram.buffer.application.BufferIdentity;
import io.engram.buffer.application.VersionStore;
import io.engram.replay.BufferSettings;
import io.engram.replay.ReplayBuffer;
import io.engram.replay.ReplaySnapshot;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file of {@link VersionFolder}, open for reading. */
final class StoredVersion implements VersionStore.Stored {
    private static final int READ_BYTES = 1 << 16;

    private final InputStream file;
    private final BufferIdentity identity;
    private final ReplaySnapshot snapshot;

    private StoredVersion(InputStream file) throws IOException {
        this.file = file;
        identity = VersionHeader.read(file);
        snapshot = ReplaySnapshot.open(file);
    }

    static StoredVersion open(Path path) throws IOException {
        InputStream file;
        try {
            file = new BufferedInputStream(Files.newInputStream(path), READ_BYTES);
        } catch (NoSuchFileException gone) {
            throw new IOException("its file " + path + " is gone", gone);
        }
        try {
            return new StoredVersion(file);
        } catch (EOFException cut) {
            file.close();
            throw new IOException("it ends in its header", cut);
        } catch (IOException damaged) {
            file.close();
            throw damaged;
        }
    }

    @Override
    public BufferIdentity identity() {
        return identity;
    }

    @Override
    public BufferSettings settings() {
        return snapshot.settings();
    }

    @Override
    public ReplayBuffer read() throws IOException {
        ReplayBuffer read = snapshot.read();
        requireEnd();
        return read;
    }

    @Override
    public void verify() throws IOException {
        snapshot.verify();
        requireEnd();
    }

    private void requireEnd() throws IOException {
        if (file.read() != -1) {
            throw new IOException("it goes on behind its snapshot");
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
