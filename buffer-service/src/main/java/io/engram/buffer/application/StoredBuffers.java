package io.engram.buffer.application;

import io.engram.proto.error.ApiException;
import io.engram.proto.name.BufferName;
import io.engram.replay.BufferSettings;
import java.io.IOException;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/** Brings buffers with versions back when the service starts, each as it was committed last. */
public final class StoredBuffers {
    private static final Logger LOG = Logger.getLogger(StoredBuffers.class);

    private final VersionStore store;
    private final VersionWork versions;
    private final BufferRegistry registry;

    public StoredBuffers(VersionStore store, VersionWork versions, BufferRegistry registry) {
        this.store = store;
        this.versions = versions;
        this.registry = registry;
    }

    /**
     * Loads them all. One that cannot be loaded is left out, with its reason in the log and in what its callers are told; its
     * versions stay.
     *
     * @throws IOException where the folder itself cannot be read
     */
    public void load() throws IOException {
        for (BufferName name : store.buffers()) {
            SortedSet<Long> kept = store.versions(name);
            if (kept.isEmpty()) {
                store.removeAll(name);
            } else {
                load(name, kept);
            }
        }
    }

    private void load(BufferName name, SortedSet<Long> kept) {
        try {
            HeldBuffer buffer = adopt(name, kept);
            try {
                versions.load(buffer, kept.last());
                LOG.infof(
                        "%s: there again with version %d, %d samples",
                        name, kept.last(), buffer.state().size());
            } catch (ApiException damaged) {
                LOG.errorf("%s: has no content until another version is restored", name);
            }
        } catch (ApiException | IOException refused) {
            LOG.errorf("%s: not loaded: %s", name, refused.getMessage());
            registry.leaveOut(name, "was not loaded: " + refused.getMessage());
        }
    }

    /** What a version says of itself is enough to know the buffer, also where its content is damaged. */
    private HeldBuffer adopt(BufferName name, SortedSet<Long> kept) throws IOException {
        IOException newestTrouble = null;
        for (long version : new TreeSet<>(kept).descendingSet()) {
            BufferIdentity identity;
            BufferSettings settings;
            try (VersionStore.Stored stored = store.open(name, version)) {
                identity = stored.identity();
                settings = stored.settings();
            } catch (IOException damaged) {
                newestTrouble = newestTrouble == null ? damaged : newestTrouble;
                continue;
            }
            return registry.adopt(identity, settings, kept);
        }
        throw newestTrouble;
    }
}
