package io.engram.proto.event;

import com.google.protobuf.Message;
import io.engram.proto.event.v1.RunStateChanged;
import io.engram.proto.event.v1.TaskCompleted;
import io.engram.proto.event.v1.TaskEvaluated;
import java.util.Arrays;
import java.util.Optional;

/** The kinds of events. An event's type is the name of its topic. */
public enum EventType {
    RUN_STATE("engram.run.state.v1", RunStateChanged.getDefaultInstance()),
    TASK_COMPLETED("engram.task.completed.v1", TaskCompleted.getDefaultInstance()),
    TASK_EVALUATED("engram.task.evaluated.v1", TaskEvaluated.getDefaultInstance());

    /** What the name of a topic of dead letters ends in. */
    public static final String DEAD_LETTER_SUFFIX = ".dlq";

    private final String topic;
    private final Message payload;

    EventType(String topic, Message payload) {
        this.topic = topic;
        this.payload = payload;
    }

    /** The type of records of a topic, where it is one of ours. */
    public static Optional<EventType> ofTopic(String topic) {
        return Arrays.stream(values()).filter(type -> type.topic.equals(topic)).findFirst();
    }

    /** The topic, which is also {@code ce_type}. */
    public String topic() {
        return topic;
    }

    /** Where a consumer puts records of the topic that it can never process. */
    public String deadLetterTopic() {
        return topic + DEAD_LETTER_SUFFIX;
    }

    /** The message that the payload is the JSON of, empty. */
    public Message payload() {
        return payload;
    }
}
