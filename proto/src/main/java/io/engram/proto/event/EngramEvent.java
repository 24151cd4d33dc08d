package io.engram.proto.event;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.engram.proto.event.v1.RunStateChanged;
import io.engram.proto.event.v1.TaskCompleted;
import io.engram.proto.event.v1.TaskEvaluated;
import io.engram.proto.name.RunName;
import java.time.Instant;

/**
 * An event ready to be sent.
 *
 * @param type its kind, and so its topic
 * @param key the run's name, so that one run's events stay in order
 * @param attributes its CloudEvents attributes
 * @param payload the JSON of its message
 */
public record EngramEvent(EventType type, String key, EventAttributes attributes, String payload) {
    private static final String TRAINER = "/engram/trainer";
    private static final String EVALUATOR = "/engram/evaluator";

    /** Id {@code <run>/<attempt>/state/<STATE>}. */
    public static EngramEvent of(RunStateChanged event) {
        RunName run = RunName.parse("run", event.getRun());
        String id = "%s/%d/state/%s".formatted(run.run(), event.getAttempt(), event.getState());
        return event(EventType.RUN_STATE, id, TRAINER, run, run.toString(), event.getTime(), event);
    }

    /** Id {@code <run>/<attempt>/tasks/<task>/completed}. */
    public static EngramEvent of(TaskCompleted event) {
        RunName run = RunName.parse("run", event.getRun());
        String id = "%s/%d/tasks/%d/completed".formatted(run.run(), event.getAttempt(), event.getTaskIndex());
        String subject = run.task(event.getTaskIndex()).toString();
        return event(EventType.TASK_COMPLETED, id, TRAINER, run, subject, event.getTime(), event);
    }

    /** Id {@code <run>/<attempt>/tasks/<task>/evaluated}. */
    public static EngramEvent of(TaskEvaluated event) {
        RunName run = RunName.parse("run", event.getRun());
        String id = "%s/%d/tasks/%d/evaluated".formatted(run.run(), event.getAttempt(), event.getTaskIndex());
        String subject = run.task(event.getTaskIndex()).toString();
        return event(EventType.TASK_EVALUATED, id, EVALUATOR, run, subject, event.getTime(), event);
    }

    private static EngramEvent event(
            EventType type, String id, String source, RunName run, String subject, Timestamp time, Message message) {
        Instant instant = Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
        EventAttributes attributes = new EventAttributes(id, type.topic(), source, subject, instant);
        return new EngramEvent(type, run.toString(), attributes, EventJson.print(message));
    }
}
