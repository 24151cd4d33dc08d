package io.engram.replay;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UTFDataFormatException;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * A buffer as bytes: its whole state, so that the buffer read goes on bit for bit as the one written.
 *
 * <p>Format 1, numbers big-endian, texts as {@link java.io.DataOutput#writeUTF} writes them:
 *
 * <ol>
 *   <li>header: magic {@code ENGRAMRB}, format version (int), capacity (int), item_bytes (int), insertion policy (text),
 *       sampling policy (text), seed (long), states of the generators for insertion and for sampling (long each), samples
 *       seen (long), samples held (int);
 *   <li>CRC-32C of everything before it (int);
 *   <li>of each slot: label (int), task (int);
 *   <li>where a policy balances classes: a number of labels (int), and of each label from 0 on: samples seen (long), whether
 *       it ever was the largest (one byte), samples held (int), their slots by rank (int each);
 *   <li>of each slot: item_bytes bytes;
 *   <li>CRC-32C of everything before it (int).
 * </ol>
 *
 * <p>Policies keep no state of their own, so a new policy needs no new version. Memory grows with what is read, never with
 * what a damaged header claims. Used by one thread.
 */
public final class ReplaySnapshot {
    /** The letters {@code ENGRAMRB}. */
    static final long MAGIC = 0x454e_4752_414d_5242L;

    static final int VERSION = 1;

    private final CRC32C checksum = new CRC32C();
    private final DataInputStream in;
    private final BufferSettings settings;
    private final SplitMix64 insertionRandom;
    private final SplitMix64 samplingRandom;
    private final long seen;
    private final int size;

    private ReplaySnapshot(InputStream from) throws IOException {
        in = new DataInputStream(new CheckedInputStream(from, checksum));
        requireFormat();
        settings = readSettings();
        insertionRandom = SplitMix64.ofState(in.readLong());
        samplingRandom = SplitMix64.ofState(in.readLong());
        seen = in.readLong();
        size = in.readInt();
        requireChecksum("header");
        if (size < 0 || size > settings.capacity() || seen < size) {
            throw new CorruptSnapshotException("the snapshot claims " + size + " samples held of " + seen
                    + " seen, with a capacity of " + settings.capacity());
        }
    }

    /** Writes a buffer, which stays as it is; the stream is flushed and stays open. */
    public static void write(ReplayBuffer buffer, OutputStream to) throws IOException {
        new SnapshotWriter(to).write(buffer);
    }

    /**
     * Reads what a snapshot says of itself. Many small reads: give it a stream that buffers. Nothing beyond the snapshot is
     * taken from it.
     *
     * @throws CorruptSnapshotException where it is none, of another format version, damaged, or cut short
     */
    public static ReplaySnapshot open(InputStream from) throws IOException {
        try {
            return new ReplaySnapshot(from);
        } catch (EOFException cut) {
            throw new CorruptSnapshotException("the snapshot ends in its header", cut);
        }
    }

    /** What the buffer was made with. */
    public BufferSettings settings() {
        return settings;
    }

    /** Samples the buffer held. */
    public int size() {
        return size;
    }

    /** Samples the buffer had ever been offered. */
    public long seen() {
        return seen;
    }

    /**
     * Reads the rest; once.
     *
     * @throws CorruptSnapshotException where it is damaged or cut short
     */
    public ReplayBuffer read() throws IOException {
        return read(true);
    }

    /**
     * Reads the rest without keeping it; once.
     *
     * @throws CorruptSnapshotException where {@link #read} would throw it
     */
    public void verify() throws IOException {
        read(false);
    }

    private ReplayBuffer read(boolean keepSamples) throws IOException {
        try {
            SlotsReader reader = new SlotsReader(in, settings);
            Slots slots = reader.read(size, seen);
            byte[][] samples = keepSamples ? reader.samples(size) : reader.skipSamples(size);
            requireChecksum("content");
            return new ReplayBuffer(settings, slots, samples, insertionRandom, samplingRandom);
        } catch (EOFException cut) {
            throw new CorruptSnapshotException("the snapshot ends before its " + size + " samples", cut);
        }
    }

    private void requireFormat() throws IOException {
        if (in.readLong() != MAGIC) {
            throw new CorruptSnapshotException("not a snapshot of a replay buffer: it does not begin with ENGRAMRB");
        }
        int version = in.readInt();
        if (version != VERSION) {
            throw new CorruptSnapshotException(
                    "the snapshot has format version " + version + "; known: 1 to " + VERSION);
        }
    }

    private BufferSettings readSettings() throws IOException {
        int capacity = in.readInt();
        int itemBytes = in.readInt();
        try {
            return new BufferSettings(capacity, itemBytes, in.readUTF(), in.readUTF(), in.readLong());
        } catch (InvalidValueException | UTFDataFormatException damaged) {
            throw new CorruptSnapshotException("the snapshot's settings: " + damaged.getMessage(), damaged);
        }
    }

    private void requireChecksum(String of) throws IOException {
        int computed = (int) checksum.getValue();
        int stored = in.readInt();
        if (computed != stored) {
            throw new CorruptSnapshotException(
                    "the checksum of the snapshot's %s is %08x; computed: %08x".formatted(of, stored, computed));
        }
    }
}
