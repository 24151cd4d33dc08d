package io.engram.proto.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import io.engram.proto.event.v1.RunStateChanged;
import io.engram.proto.event.v1.TaskCompleted;
import io.engram.proto.event.v1.TaskEvaluated;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngramEventTest {
    private static final Timestamp TIME =
            Timestamp.newBuilder().setSeconds(1_767_225_600).setNanos(5_000_000).build(); // 2026-01-01T00:00:00.005Z

    @Test
    void idsFollowFromRunAttemptAndTaskAlone() {
        EngramEvent state = EngramEvent.of(RunStateChanged.newBuilder()
                .setRun("runs/r1")
                .setState("RUNNING")
                .setAttempt(2)
                .setTime(TIME)
                .build());
        EngramEvent completed = EngramEvent.of(TaskCompleted.newBuilder()
                .setRun("runs/r1")
                .setAttempt(2)
                .setTaskIndex(3)
                .setTime(TIME)
                .build());
        EngramEvent evaluated = EngramEvent.of(TaskEvaluated.newBuilder()
                .setRun("runs/r1")
                .setAttempt(2)
                .setTaskIndex(3)
                .setTime(TIME)
                .build());

        assertThat(state.attributes().id()).isEqualTo("r1/2/state/RUNNING");
        assertThat(completed.attributes().id()).isEqualTo("r1/2/tasks/3/completed");
        assertThat(evaluated.attributes().id()).isEqualTo("r1/2/tasks/3/evaluated");
        assertThat(completed.key()).isEqualTo("runs/r1");
        assertThat(completed.attributes())
                .isEqualTo(new EventAttributes(
                        "r1/2/tasks/3/completed",
                        "engram.task.completed.v1",
                        "/engram/trainer",
                        "runs/r1/tasks/3",
                        Instant.parse("2026-01-01T00:00:00.005Z")));
    }

    @Test
    void attributesAreReadBackFromHeaders() {
        EventAttributes attributes = new EventAttributes(
                "r1/1/state/QUEUED", "engram.run.state.v1", "/engram/trainer", "runs/r1", Instant.EPOCH);

        assertThat(attributes.toHeaders())
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_time", "1970-01-01T00:00:00Z")
                .containsEntry("content-type", "application/json");
        assertThat(EventAttributes.fromHeaders(attributes.toHeaders())).contains(attributes);
    }

    @Test
    void headersWithoutARequiredAttributeAreNoEvent() {
        Map<String, String> headers = new EventAttributes("id", "type", "source", "subject", Instant.EPOCH).toHeaders();
        for (String required : new String[] {"ce_id", "ce_type", "ce_source", "ce_time"}) {
            Map<String, String> without = new HashMap<>(headers);
            without.remove(required);
            assertThat(EventAttributes.fromHeaders(without)).as(required).isEmpty();
        }
        headers.put("ce_time", "yesterday");
        assertThat(EventAttributes.fromHeaders(headers)).isEmpty();
    }

    @Test
    void payloadsShowZerosAndLeaveOutWhatIsUndefined() {
        String json =
                EventJson.print(TaskEvaluated.newBuilder().setRun("runs/r1").build());

        assertThat(json)
                .isEqualTo("{\"run\":\"runs/r1\",\"attempt\":0,\"taskIndex\":0,\"taskCount\":0,\"scores\":[],"
                        + "\"averageAccuracy\":0.0}");
    }

    @Test
    void consumersPassOverFieldsOfNewerProducers() throws Exception {
        TaskEvaluated event = EventJson.parse(
                "{\"run\":\"runs/r1\",\"newer\":{\"a\":1},\"task_index\":4}", TaskEvaluated.getDefaultInstance());

        assertThat(event)
                .isEqualTo(TaskEvaluated.newBuilder()
                        .setRun("runs/r1")
                        .setTaskIndex(4)
                        .build());
    }

    @Test
    void whatIsNoJsonOfTheMessageIsSaidToBeUnreadable() {
        for (String bad : new String[] {"", "[]", "{\"taskIndex\":\"x\"}", "\u0000\u0001", "{\"run\":"}) {
            assertThatThrownBy(() -> EventJson.parse(bad, TaskEvaluated.getDefaultInstance()))
                    .as(bad)
                    .isInstanceOf(UnreadableEventException.class)
                    .hasMessageContaining("engram.event.v1.TaskEvaluated");
        }
    }

    @Test
    void aTopicTellsItsTypeAndItsDeadLetters() {
        assertThat(EventType.ofTopic("engram.task.completed.v1")).contains(EventType.TASK_COMPLETED);
        assertThat(EventType.ofTopic("engram.task.completed.v2")).isEmpty();
        assertThat(EventType.TASK_COMPLETED.deadLetterTopic()).isEqualTo("engram.task.completed.v1.dlq");
    }
}
