package io.engram.evaluator.event;

import io.engram.evaluator.domain.RunTitle;
import io.engram.evaluator.domain.TaskToEvaluate;
import io.engram.learning.artifact.ArtifactReference;
import io.engram.proto.error.ApiException;
import io.engram.proto.error.ErrorReason;
import io.engram.proto.error.FieldViolation;
import io.engram.proto.event.EventAttributes;
import io.engram.proto.event.EventJson;
import io.engram.proto.event.EventType;
import io.engram.proto.event.UnreadableEventException;
import io.engram.proto.event.v1.TaskCompleted;
import io.engram.proto.name.RunName;
import io.engram.proto.type.v1.Artifact;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Makes a task to evaluate of a Kafka record, checking everything in it. */
final class TaskCompletedReader {
    private static final int MOST_TASKS = 1000;
    private static final int LONGEST_TEXT = 200;
    private static final int LONGEST_ID = 512;
    private static final int LONGEST_URI = 1024;

    private TaskCompletedReader() {}

    /** @throws ApiException MESSAGE_UNREADABLE or INVALID_ARGUMENT: the record can never be processed */
    static TaskToEvaluate read(Headers headers, byte[] value) {
        EventAttributes attributes = EventAttributes.fromHeaders(texts(headers))
                .orElseThrow(() -> unreadable("the CloudEvents attributes ce_id, ce_type, ce_source and ce_time are"
                        + " missing or malformed"));
        if (!attributes.type().equals(EventType.TASK_COMPLETED.topic())) {
            throw unreadable("ce_type: was " + attributes.type() + "; allowed: " + EventType.TASK_COMPLETED.topic());
        }
        try {
            TaskCompleted event = EventJson.parse(text(value), TaskCompleted.getDefaultInstance());
            return toTask(attributes.id(), event);
        } catch (UnreadableEventException malformed) {
            throw ApiException.of(ErrorReason.MESSAGE_UNREADABLE, malformed.getMessage(), malformed);
        }
    }

    private static TaskToEvaluate toTask(String eventId, TaskCompleted event) {
        Artifact artifact = event.getArtifact();
        List<FieldViolation> violations = new ArrayList<>();
        atMost(violations, "ce_id", eventId, LONGEST_ID);
        atMost(violations, "display_name", event.getDisplayName(), LONGEST_TEXT);
        atMost(violations, "method", event.getMethod(), LONGEST_TEXT);
        atMost(violations, "dataset", event.getDataset(), LONGEST_TEXT);
        atMost(violations, "artifact.uri", artifact.getUri(), LONGEST_URI);
        within(violations, "attempt", event.getAttempt(), 1, Integer.MAX_VALUE);
        within(violations, "task_count", event.getTaskCount(), 0, MOST_TASKS);
        int tasks = event.getTaskCount() == 0 ? MOST_TASKS : event.getTaskCount();
        within(violations, "task_index", event.getTaskIndex(), 0, tasks - 1);
        if (!artifact.getSha256().matches("[0-9a-f]{64}")) {
            violations.add(
                    new FieldViolation("artifact.sha256", artifact.getSha256(), "64 lower-case hexadecimal digits"));
        }
        RunName run = RunName.parse("run", event.getRun());
        if (!violations.isEmpty()) {
            throw ApiException.invalid(ErrorReason.INVALID_ARGUMENT, violations);
        }
        return new TaskToEvaluate(
                eventId,
                run.task(event.getTaskIndex()),
                event.getAttempt(),
                event.getTaskCount(),
                new RunTitle(event.getDisplayName(), event.getMethod(), event.getDataset()),
                new ArtifactReference(artifact.getUri(), artifact.getSizeBytes(), artifact.getSha256()));
    }

    private static void atMost(List<FieldViolation> violations, String field, String value, int longest) {
        if (value.length() > longest || value.indexOf('\0') >= 0) {
            violations.add(new FieldViolation(field, value, "at most " + longest + " characters, none of them NUL"));
        }
    }

    private static void within(List<FieldViolation> violations, String field, int value, int least, int most) {
        if (value < least || value > most) {
            violations.add(new FieldViolation(field, Integer.toString(value), least + " to " + most));
        }
    }

    private static String text(byte[] value) {
        if (value == null) {
            throw unreadable("the record has no value");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw unreadable("the value is not UTF-8");
        }
    }

    private static Map<String, String> texts(Headers headers) {
        Map<String, String> texts = new HashMap<>();
        for (Header header : headers) {
            if (header.value() != null) {
                texts.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return texts;
    }

    private static ApiException unreadable(String message) {
        return ApiException.of(ErrorReason.MESSAGE_UNREADABLE, message);
    }
}
