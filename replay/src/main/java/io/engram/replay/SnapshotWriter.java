package io.engram.replay;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/** Writes a buffer in the format that {@link ReplaySnapshot} describes. */
final class SnapshotWriter {
    private static final int CHUNK_BYTES = 1 << 16;

    private final CRC32C checksum = new CRC32C();
    private final DataOutputStream out;

    SnapshotWriter(OutputStream to) {
        out = new DataOutputStream(new BufferedOutputStream(new CheckedOutputStream(to, checksum), CHUNK_BYTES));
    }

    /** Writes all of it; the stream is flushed and stays open. */
    void write(ReplayBuffer buffer) throws IOException {
        writeHeader(buffer);
        writeSlots(buffer.slots());
        for (int slot = 0; slot < buffer.size(); slot++) {
            out.write(buffer.heldAt(slot));
        }
        writeChecksum();
    }

    private void writeHeader(ReplayBuffer buffer) throws IOException {
        BufferSettings settings = buffer.settings();
        out.writeLong(ReplaySnapshot.MAGIC);
        out.writeInt(ReplaySnapshot.VERSION);
        out.writeInt(settings.capacity());
        out.writeInt(settings.itemBytes());
        out.writeUTF(settings.insertionPolicy());
        out.writeUTF(settings.samplingPolicy());
        out.writeLong(settings.seed());
        out.writeLong(buffer.insertionRandom().state());
        out.writeLong(buffer.samplingRandom().state());
        out.writeLong(buffer.seen());
        out.writeInt(buffer.size());
        writeChecksum();
    }

    private void writeSlots(Slots slots) throws IOException {
        for (int slot = 0; slot < slots.size(); slot++) {
            out.writeInt(slots.label(slot));
            out.writeInt(slots.task(slot));
        }
        if (slots.byClass()) {
            writeClasses(slots.classes());
        }
    }

    private void writeClasses(Classes classes) throws IOException {
        out.writeInt(classes.labelLimit());
        for (int label = 0; label < classes.labelLimit(); label++) {
            out.writeLong(classes.seen(label));
            out.writeBoolean(classes.wasLargest(label));
            out.writeInt(classes.held(label));
            for (int rank = 0; rank < classes.held(label); rank++) {
                out.writeInt(classes.slot(label, rank));
            }
        }
    }

    /** Of everything written so far. */
    private void writeChecksum() throws IOException {
        out.flush();
        out.writeInt((int) checksum.getValue());
        out.flush();
    }
}
