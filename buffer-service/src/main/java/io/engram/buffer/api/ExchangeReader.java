package io.engram.buffer.api;

import io.engram.buffer.application.BufferLimits;
import io.engram.buffer.application.Insertion;
import io.engram.proto.buffer.v1.Insert;
import io.engram.proto.buffer.v1.Scan;
import io.engram.proto.buffer.v1.SessionRequest;
import io.engram.proto.error.ApiException;
import io.engram.proto.error.ErrorReason;
import io.engram.proto.error.FieldViolation;
import io.engram.replay.InvalidValueException;
import io.engram.replay.SampleBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads SessionRequests of one open buffer: everything that is not allowed is named, before anything is done. */
final class ExchangeReader {
    private static final int MOST_LABEL_VIOLATIONS = 16;

    private final int itemBytes;
    private final int maxDrawn;
    private final int maxMessageBytes;
    private final Insertion nothing;

    ExchangeReader(int itemBytes, BufferLimits limits) {
        this.itemBytes = itemBytes;
        maxDrawn = limits.maxDrawn(itemBytes);
        maxMessageBytes = limits.maxMessageBytes();
        nothing = Insertion.whole(SampleBatch.over(ByteBuffer.allocate(0), itemBytes, new int[0], new int[0]));
    }

    /**
     * What a request asks for.
     *
     * @param insertion what to insert; empty where the request has no insert
     * @param count how many to draw; 0 where the request has no sample
     */
    record Exchange(Insertion insertion, int count) {}

    /** @throws ApiException MESSAGE_TOO_LARGE, or INVALID_ARGUMENT with the violations */
    Exchange read(SessionRequest request) {
        requireSize(request.getSerializedSize());
        List<FieldViolation> violations = new ArrayList<>(0);
        int[] labels = {};
        if (request.hasInsert()) {
            labels = labels(request.getInsert(), violations);
            checkInsert(request.getInsert(), violations);
        }
        int count = request.getSample().getCount();
        if (request.hasSample() && (count < 1 || count > maxDrawn)) {
            violations.add(new FieldViolation("sample.count", Integer.toString(count), allowedCount()));
        }
        if (!violations.isEmpty()) {
            throw ApiException.invalid(ErrorReason.INVALID_ARGUMENT, violations);
        }
        return new Exchange(request.hasInsert() ? insertion(request.getInsert(), labels) : nothing, count);
    }

    /** @throws ApiException INVALID_ARGUMENT where commit, restore or scan do not stand alone */
    void requireAlone(SessionRequest request) {
        boolean exchange = request.hasInsert() || request.hasSample();
        int commands = (exchange ? 1 : 0)
                + (request.hasCommit() ? 1 : 0)
                + (request.hasRestore() ? 1 : 0)
                + (request.hasScan() ? 1 : 0);
        if (commands > 1) {
            throw ApiException.invalid(
                    ErrorReason.INVALID_ARGUMENT,
                    request.hasCommit() ? "commit" : request.hasRestore() ? "restore" : "scan",
                    "together with others",
                    "one of commit, restore and scan alone; send others in requests of their own");
        }
    }

    /** @throws ApiException INVALID_ARGUMENT where a scan asks for more or fewer than allowed; its slot is the buffer's to check */
    int count(Scan scan) {
        if (scan.getCount() < 1 || scan.getCount() > maxDrawn) {
            throw ApiException.invalid(
                    ErrorReason.INVALID_ARGUMENT, "scan.count", Integer.toString(scan.getCount()), allowedCount());
        }
        return scan.getCount();
    }

    /** What the buffer itself does not allow. */
    static ApiException refused(String command, InvalidValueException refused) {
        return ApiException.invalid(
                ErrorReason.INVALID_ARGUMENT,
                refused.violations().stream()
                        .map(violation -> new FieldViolation(
                                command + "." + violation.field(), violation.value(), violation.allowed()))
                        .toList());
    }

    private void requireSize(int bytes) {
        if (bytes > maxMessageBytes) {
            throw ApiException.of(
                            ErrorReason.MESSAGE_TOO_LARGE,
                            "the message has " + bytes + " bytes; allowed: " + maxMessageBytes
                                    + "; insert in smaller batches, or raise ENGRAM_BUFFER_MAX_MESSAGE_BYTES")
                    .with("bytes", Integer.toString(bytes))
                    .with("limit", Integer.toString(maxMessageBytes));
        }
    }

    private String allowedCount() {
        return "1 to " + maxDrawn
                + (maxDrawn < BufferLimits.MAX_DRAWN
                        ? ", what fits into a message for samples of " + itemBytes + " bytes"
                        : "");
    }

    private void checkInsert(Insert insert, List<FieldViolation> violations) {
        long expected = (long) insert.getLabelsCount() * itemBytes;
        if (insert.getItems().size() != expected) {
            violations.add(new FieldViolation(
                    "insert.items",
                    insert.getItems().size() + " bytes",
                    expected + " bytes: " + insert.getLabelsCount() + " labels, " + itemBytes + " bytes a sample"));
        }
        if (insert.hasThinned() && insert.getThinned().getKeptCount() != insert.getLabelsCount()) {
            violations.add(new FieldViolation(
                    "insert.thinned.kept",
                    insert.getThinned().getKeptCount() + " positions",
                    insert.getLabelsCount() + ", as there are labels"));
        }
        if (insert.getTask() < 0) {
            violations.add(new FieldViolation("insert.task", Integer.toString(insert.getTask()), "0 or more"));
        }
    }

    private static int[] labels(Insert insert, List<FieldViolation> violations) {
        int[] labels = new int[insert.getLabelsCount()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = insert.getLabels(i);
            if (labels[i] < 0 && violations.size() < MOST_LABEL_VIOLATIONS) {
                violations.add(
                        new FieldViolation("insert.labels[" + i + "]", Integer.toString(labels[i]), "0 or more"));
            }
        }
        return labels;
    }

    private Insertion insertion(Insert insert, int[] labels) {
        int[] tasks = new int[labels.length];
        Arrays.fill(tasks, insert.getTask());
        SampleBatch batch = SampleBatch.over(insert.getItems().asReadOnlyByteBuffer(), itemBytes, labels, tasks);
        if (!insert.hasThinned()) {
            return Insertion.whole(batch);
        }
        int[] kept = new int[labels.length];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = insert.getThinned().getKept(i);
        }
        return new Insertion(batch, insert.getThinned().getOffered(), kept);
    }
}
