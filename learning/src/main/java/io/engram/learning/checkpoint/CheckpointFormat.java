package io.engram.learning.checkpoint;

import com.google.gson.JsonParseException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import java.util.zip.Checksum;

/**
 * A checkpoint as a file: the length of a JSON header as little-endian {@code uint64}, the header ({@link CheckpointJson}), the
 * tensors' bytes, and a checksum of all of it: CRC32C (RFC 3720, appendix B.4) as little-endian {@code uint32}. It guards against
 * damage, not against malice. Files of format version 1 end with a SHA-256 instead.
 */
final class CheckpointFormat {
    private static final int SHA_256_BYTES = 32;
    private static final int CHUNK = 1 << 16;
    /** Headers hold the order of an epoch's samples, a few bytes for each. */
    private static final int HEADER_LIMIT = 1 << 30;

    private CheckpointFormat() {}

    static void write(Checkpoint checkpoint, OutputStream file) throws IOException {
        CheckedOutputStream out = new CheckedOutputStream(file, new CRC32C());
        byte[] json = CheckpointJson.encode(checkpoint);
        out.write(littleEndian(json.length));
        out.write(json);
        for (String list : CheckpointJson.order(checkpoint.tensors())) {
            for (StoredTensor tensor : checkpoint.tensors().get(list)) {
                out.write(tensor.bytes());
            }
        }
        file.write(bytes(out.getChecksum()));
    }

    /**
     * Reads a file whole.
     *
     * @throws CorruptCheckpointException where it is something else, damaged, or of another format version
     */
    static Checkpoint read(Path file) throws IOException {
        try (DataInputStream in = open(file)) {
            CheckpointJson.Header header = CheckpointJson.decode(bytes(in, headerBytes(in, file)), file);
            requireIntact(file, header.version());
            return header.checkpoint().apply(tensors(header.forms(), in));
        } catch (JsonParseException
                | IllegalStateException
                | ClassCastException
                | UnsupportedOperationException
                | NullPointerException
                | NumberFormatException
                | ArithmeticException
                | NegativeArraySizeException
                | EOFException e) {
            throw new CorruptCheckpointException(file + " is not a checkpoint: " + e, e);
        }
    }

    /** Read before it is known to be what was written. */
    private static int headerBytes(DataInputStream in, Path file) throws IOException {
        long size = ByteBuffer.wrap(bytes(in, Long.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
        if (size < 0 || size > Math.min(HEADER_LIMIT, Files.size(file))) {
            throw new CorruptCheckpointException(
                    file + " is not a checkpoint: its header would take " + size + " bytes");
        }
        return (int) size;
    }

    private static Map<String, List<StoredTensor>> tensors(
            Map<String, List<CheckpointJson.Form>> forms, DataInputStream in) throws IOException {
        Map<String, List<StoredTensor>> tensors = new LinkedHashMap<>();
        for (Map.Entry<String, List<CheckpointJson.Form>> list : forms.entrySet()) {
            List<StoredTensor> read = new ArrayList<>();
            for (CheckpointJson.Form form : list.getValue()) {
                read.add(new StoredTensor(form.type(), form.shape(), bytes(in, form.bytes())));
            }
            tensors.put(list.getKey(), read);
        }
        return tensors;
    }

    private static byte[] bytes(DataInputStream in, int count) throws IOException {
        byte[] bytes = new byte[count];
        in.readFully(bytes);
        return bytes;
    }

    /** Asked before anything but the version is believed. */
    private static void requireIntact(Path file, int version) throws IOException {
        byte[] checksum;
        byte[] written;
        try (DataInputStream in = open(file)) {
            if (version == 1) {
                MessageDigest digest = sha256();
                forEachChunk(in, Files.size(file) - SHA_256_BYTES, digest::update);
                checksum = digest.digest();
            } else {
                CRC32C crc = new CRC32C();
                forEachChunk(in, Files.size(file) - Integer.BYTES, crc::update);
                checksum = bytes(crc);
            }
            written = bytes(in, checksum.length);
        }
        if (!Arrays.equals(checksum, written)) {
            throw new CorruptCheckpointException(file + " is not what was written: its checksum differs");
        }
    }

    private static void forEachChunk(InputStream in, long count, Consumer<ByteBuffer> action) throws IOException {
        byte[] chunk = new byte[CHUNK];
        for (long left = count; left > 0; ) {
            int read = in.readNBytes(chunk, 0, (int) Math.min(chunk.length, left));
            if (read == 0) {
                throw new EOFException("it ends early");
            }
            action.accept(ByteBuffer.wrap(chunk, 0, read));
            left -= read;
        }
    }

    private static DataInputStream open(Path file) throws IOException {
        return new DataInputStream(new BufferedInputStream(Files.newInputStream(file), CHUNK));
    }

    private static byte[] littleEndian(long value) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    private static byte[] bytes(Checksum checksum) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) checksum.getValue())
                .array();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
