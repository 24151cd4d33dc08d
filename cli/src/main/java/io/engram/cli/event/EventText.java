package io.engram.cli.event;

import io.engram.proto.event.EventJson;
import io.engram.proto.event.EventType;
import io.engram.proto.event.UnreadableEventException;
import io.engram.proto.event.v1.RunStateChanged;
import io.engram.proto.event.v1.TaskCompleted;
import io.engram.proto.event.v1.TaskEvaluated;
import io.engram.proto.type.v1.ClassLabel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Events for people, a line each. */
final class EventText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    private EventText() {}

    static String payload(ConsumerRecord<String, byte[]> record) {
        return record.value() == null ? "null" : new String(record.value(), StandardCharsets.UTF_8);
    }

    static String line(ConsumerRecord<String, byte[]> record) {
        String time = TIME.format(Instant.ofEpochMilli(record.timestamp()).atZone(ZoneId.systemDefault()));
        return time + "  "
                + EventType.ofTopic(record.topic())
                        .map(type -> event(type, record))
                        .orElseGet(() -> dead(record));
    }

    private static String event(EventType type, ConsumerRecord<String, byte[]> record) {
        try {
            return switch (type) {
                case RUN_STATE -> state(EventJson.parse(payload(record), RunStateChanged.getDefaultInstance()));
                case TASK_COMPLETED -> completed(EventJson.parse(payload(record), TaskCompleted.getDefaultInstance()));
                case TASK_EVALUATED -> evaluated(EventJson.parse(payload(record), TaskEvaluated.getDefaultInstance()));
            };
        } catch (UnreadableEventException e) {
            return record.topic() + " offset " + record.offset() + ": not readable, " + e.getMessage();
        }
    }

    private static String state(RunStateChanged event) {
        return event.getRun() + " is " + event.getState().toLowerCase(Locale.ROOT) + " (attempt " + event.getAttempt()
                + ")" + (event.getMessage().isEmpty() ? "" : ": " + event.getMessage());
    }

    private static String completed(TaskCompleted event) {
        String classes =
                event.getClassesList().stream().map(ClassLabel::getName).collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%s learned task %d/%d (%s): %d steps in %.2f s, %d bytes in %s",
                event.getRun(),
                event.getTaskIndex() + 1,
                event.getTaskCount(),
                classes,
                event.getTraining().getSteps(),
                event.getTraining().getSeconds(),
                event.getArtifact().getSizeBytes(),
                event.getArtifact().getUri());
    }

    private static String evaluated(TaskEvaluated event) {
        String scores = event.getScoresList().stream()
                .map(score -> String.format(Locale.ROOT, "%.2f", score.getAccuracy()))
                .collect(Collectors.joining(" "));
        return String.format(
                Locale.ROOT,
                "%s evaluated after task %d/%d: %.2f%% (%s)",
                event.getRun(),
                event.getTaskIndex() + 1,
                event.getTaskCount(),
                event.getAverageAccuracy(),
                scores);
    }

    private static String dead(ConsumerRecord<String, byte[]> record) {
        String headers = Optional.ofNullable(record.headers()).stream()
                .flatMap(all -> Arrays.stream(all.toArray()))
                .map(header -> header.key() + "="
                        + (header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8)))
                .collect(Collectors.joining(", "));
        return "dead letter on " + record.topic() + ": " + headers;
    }
}
