package io.engram.learning.checkpoint;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A checkpoint as bytes: the length of a JSON header as little-endian {@code uint64}, the header, the tensors' bytes, and a
 * SHA-256 of all of it.
 */
final class CheckpointFormat {
    static final int VERSION = 1;
    private static final int DIGEST_BYTES = 32;

    private CheckpointFormat() {}

    static byte[] encode(Checkpoint checkpoint) {
        Header header = Header.of(checkpoint);
        byte[] json = new Gson().toJson(header).getBytes(StandardCharsets.UTF_8);
        List<StoredTensor> tensors = new ArrayList<>();
        header.lists
                .keySet()
                .forEach(list -> tensors.addAll(checkpoint.tensors().get(list)));
        int size = tensors.stream().mapToInt(t -> t.bytes().length).reduce(0, Math::addExact);
        ByteBuffer file = ByteBuffer.allocate(Math.addExact(Long.BYTES + json.length + DIGEST_BYTES, size))
                .order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(json.length).put(json);
        tensors.forEach(tensor -> file.put(tensor.bytes()));
        file.put(digest(file.array(), file.position()));
        return file.array();
    }

    /**
     * @param name for messages
     * @throws CorruptCheckpointException where the bytes are something else
     */
    static Checkpoint decode(byte[] bytes, String name) {
        requireDigest(bytes, name);
        try {
            ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            byte[] json = new byte[Math.toIntExact(file.getLong())];
            file.get(json);
            Header header = new Gson().fromJson(new String(json, StandardCharsets.UTF_8), Header.class);
            if (header.version != VERSION) {
                throw new CorruptCheckpointException(
                        name + " has format version " + header.version + "; this program reads version " + VERSION);
            }
            return header.checkpoint(file);
        } catch (JsonParseException
                | ArithmeticException
                | BufferUnderflowException
                | NegativeArraySizeException
                | NullPointerException e) {
            throw new CorruptCheckpointException(name + " is not a checkpoint: " + e, e);
        }
    }

    private static void requireDigest(byte[] bytes, String name) {
        int end = bytes.length - DIGEST_BYTES;
        if (end < 0 || !Arrays.equals(digest(bytes, end), Arrays.copyOfRange(bytes, end, bytes.length))) {
            throw new CorruptCheckpointException(name + " is not what was written: its SHA-256 differs");
        }
    }

    private static byte[] digest(byte[] bytes, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, length);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The header, field by field as it is written. */
    private static final class Header {
        private int version;
        private String method;
        private String dataset;
        private int task;
        private int epoch;
        private int batch;
        private boolean begun;
        private List<Integer> order;
        private Map<String, Long> generators;
        private long memoryVersion;
        private Map<String, List<Form>> lists;
        private Map<String, Long> counts;
        /** Bits of numbers that are no whole ones. */
        private Map<String, Long> amounts;

        static Header of(Checkpoint checkpoint) {
            Header header = new Header();
            header.version = VERSION;
            header.method = checkpoint.method();
            header.dataset = checkpoint.datasetFingerprint();
            header.task = checkpoint.position().task();
            header.epoch = checkpoint.position().epoch();
            header.batch = checkpoint.position().batch();
            header.begun = checkpoint.position().begun();
            header.order = checkpoint.order();
            header.generators = new TreeMap<>(checkpoint.generators());
            header.memoryVersion = checkpoint.memoryVersion();
            header.lists = new TreeMap<>();
            checkpoint
                    .tensors()
                    .forEach((list, tensors) -> header.lists.put(
                            list, tensors.stream().map(Form::of).toList()));
            Totals totals = checkpoint.totals();
            header.counts = new TreeMap<>(Map.of(
                    "step", totals.step(),
                    "task_steps", totals.taskSteps(),
                    "task_samples", totals.taskSamples(),
                    "epoch_steps", totals.epochSteps(),
                    "epoch_samples", totals.epochSamples(),
                    "epoch_correct", totals.epochCorrect()));
            header.amounts = new TreeMap<>(Map.of(
                    "seconds_before_task", Double.doubleToLongBits(totals.secondsBeforeTask()),
                    "task_seconds", Double.doubleToLongBits(totals.taskSeconds()),
                    "epoch_loss", Double.doubleToLongBits(totals.epochLoss())));
            return header;
        }

        Checkpoint checkpoint(ByteBuffer data) {
            Map<String, List<StoredTensor>> tensors = new LinkedHashMap<>();
            lists.forEach((list, forms) -> tensors.put(
                    list, forms.stream().map(form -> form.read(data)).toList()));
            return new Checkpoint(
                    method,
                    dataset,
                    new Position(task, epoch, batch, begun),
                    order,
                    generators,
                    memoryVersion,
                    tensors,
                    new Totals(
                            counts.get("step"),
                            counts.get("task_steps"),
                            counts.get("task_samples"),
                            Double.longBitsToDouble(amounts.get("seconds_before_task")),
                            Double.longBitsToDouble(amounts.get("task_seconds")),
                            counts.get("epoch_steps"),
                            counts.get("epoch_samples"),
                            counts.get("epoch_correct"),
                            Double.longBitsToDouble(amounts.get("epoch_loss"))));
        }
    }

    /** A tensor without its values. */
    private static final class Form {
        private String type;
        private List<Integer> shape;
        private int bytes;

        static Form of(StoredTensor tensor) {
            Form form = new Form();
            form.type = tensor.type();
            form.shape = tensor.shape();
            form.bytes = tensor.bytes().length;
            return form;
        }

        StoredTensor read(ByteBuffer data) {
            byte[] values = new byte[bytes];
            data.get(values);
            return new StoredTensor(type, shape, values);
        }
    }
}
