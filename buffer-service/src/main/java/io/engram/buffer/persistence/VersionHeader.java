package io.engram.buffer.persistence;

import io.engram.buffer.application.BufferIdentity;
import io.engram.proto.name.BufferName;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * What a version's file begins with, before the buffer's snapshot. Format 1, numbers big-endian, texts as {@link
 * java.io.DataOutput#writeUTF} writes them: magic {@code ENGRAMBV}, format version (int), id of the buffer (text), time it
 * was made (seconds as long, nanoseconds as int), request id (text, empty for none), CRC-32C of it all (int).
 */
final class VersionHeader {
    /** The letters {@code ENGRAMBV}. */
    private static final long MAGIC = 0x454e_4752_414d_4256L;

    private static final int VERSION = 1;

    private VersionHeader() {}

    static void write(BufferIdentity identity, OutputStream file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(MAGIC);
        out.writeInt(VERSION);
        out.writeUTF(identity.name().buffer());
        out.writeLong(identity.createTime().getEpochSecond());
        out.writeInt(identity.createTime().getNano());
        out.writeUTF(identity.requestId().orElse(""));
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.toByteArray());
        out.writeInt((int) checksum.getValue());
        bytes.writeTo(file);
    }

    /** @throws IOException where it is none, of another format, or damaged */
    static BufferIdentity read(InputStream file) throws IOException {
        CRC32C checksum = new CRC32C();
        DataInputStream in = new DataInputStream(new CheckedInputStream(file, checksum));
        if (in.readLong() != MAGIC) {
            throw new IOException("not a version of a buffer: it does not begin with ENGRAMBV");
        }
        int version = in.readInt();
        if (version != VERSION) {
            throw new IOException("it has format version " + version + "; known: 1 to " + VERSION);
        }
        String id = in.readUTF();
        long seconds = in.readLong();
        int nanos = in.readInt();
        String requestId = in.readUTF();
        int computed = (int) checksum.getValue();
        if (in.readInt() != computed) {
            throw new IOException("the checksum of its header is wrong");
        }
        return identity(id, seconds, nanos, requestId);
    }

    private static BufferIdentity identity(String id, long seconds, int nanos, String requestId) throws IOException {
        try {
            return new BufferIdentity(
                    new BufferName(id),
                    Instant.ofEpochSecond(seconds, nanos),
                    requestId.isEmpty() ? Optional.empty() : Optional.of(requestId));
        } catch (IllegalArgumentException | DateTimeException impossible) {
            throw new IOException("its header: " + impossible.getMessage(), impossible);
        }
    }
}
