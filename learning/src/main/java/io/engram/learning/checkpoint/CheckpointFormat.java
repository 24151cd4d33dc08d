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
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A checkpoint as a file: the length of a JSON header as little-endian {@code uint64}, the header ({@link CheckpointJson}), the
 * tensors' bytes, and a SHA-256 of all of it.
 */
final class CheckpointFormat {
    private static final int DIGEST_BYTES = 32;
    private static final int CHUNK = 1 << 16;

    private CheckpointFormat() {}

    static void write(Checkpoint checkpoint, OutputStream file) throws IOException {
        DigestOutputStream out = new DigestOutputStream(file, sha256());
        byte[] json = CheckpointJson.encode(checkpoint);
        out.write(littleEndian(json.length));
        out.write(json);
        for (String list : CheckpointJson.order(checkpoint.tensors())) {
            for (StoredTensor tensor : checkpoint.tensors().get(list)) {
                out.write(tensor.bytes());
            }
        }
        file.write(out.getMessageDigest().digest());
    }

    /**
     * Reads a file whole.
     *
     * @throws CorruptCheckpointException where it is something else, damaged, or of another format version
     */
    static Checkpoint read(Path file) throws IOException {
        requireDigest(file);
        try (DataInputStream in = open(file)) {
            byte[] length = in.readNBytes(Long.BYTES);
            long size = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong();
            byte[] json = bytes(in, Math.toIntExact(size));
            CheckpointJson.Header header = CheckpointJson.decode(json, file);
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

    private static void requireDigest(Path file) throws IOException {
        MessageDigest digest = sha256();
        byte[] written;
        try (InputStream in = open(file)) {
            long left = Files.size(file) - DIGEST_BYTES;
            byte[] chunk = new byte[CHUNK];
            while (left > 0) {
                int count = in.read(chunk, 0, (int) Math.min(chunk.length, left));
                if (count < 0) {
                    break;
                }
                digest.update(chunk, 0, count);
                left -= count;
            }
            written = in.readNBytes(DIGEST_BYTES);
        }
        if (!Arrays.equals(digest.digest(), written)) {
            throw new CorruptCheckpointException(file + " is not what was written: its SHA-256 differs");
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

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
