package io.engram.evaluator;

import static io.engram.evaluator.Topics.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.engram.proto.event.EngramEvent;
import io.engram.proto.event.EventJson;
import io.engram.proto.event.EventType;
import io.engram.proto.event.v1.TaskCompleted;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DeadLetterTest extends ServiceTest {
    private static final String TOPIC = EventType.TASK_COMPLETED.topic();

    @Test
    void bytesThatAreNoEventAreKeptWithTheReasonAndTheNextIsProcessed() {
        byte[] bytes = {(byte) 0xff, 0, 1, 2};
        Map<String, String> headers = headers(completed(1, 0));
        RecordMetadata sent = Topics.send(TOPIC, "runs/" + run, bytes, headers);
        Topics.send(completed(1, 0));

        awaitEvaluations(1);

        ConsumerRecord<String, byte[]> letter = awaitLetter();
        assertThat(letter.value()).isEqualTo(bytes);
        assertThat(header(letter, "ce_id")).isEqualTo(headers.get("ce_id"));
        assertThat(header(letter, "dead-letter-topic")).isEqualTo(TOPIC);
        assertThat(header(letter, "dead-letter-partition")).isEqualTo(Integer.toString(sent.partition()));
        assertThat(header(letter, "dead-letter-offset")).isEqualTo(Long.toString(sent.offset()));
        assertThat(reason(letter)).isEqualTo("the value is not UTF-8");
    }

    @Test
    void jsonThatIsNoneIsADeadLetter() {
        Topics.send(TOPIC, "runs/" + run, "{\"run\":".getBytes(StandardCharsets.UTF_8), headers(completed(1, 0)));

        assertThat(reason(awaitLetter())).startsWith("no JSON of engram.event.v1.TaskCompleted: ");
    }

    @Test
    void anEventOfAnotherTypeIsADeadLetter() {
        Map<String, String> headers = headers(completed(1, 0));
        headers.put("ce_type", "engram.task.completed.v9");
        Topics.send(TOPIC, "runs/" + run, payload(completed(1, 0)), headers);

        assertThat(reason(awaitLetter()))
                .isEqualTo("ce_type: was engram.task.completed.v9; allowed: engram.task.completed.v1");
    }

    @Test
    void aRecordWithoutAttributesIsADeadLetter() {
        Topics.send(TOPIC, "runs/" + run, payload(completed(1, 0)), Map.of());

        assertThat(reason(awaitLetter())).contains("ce_id", "missing");
    }

    @Test
    void everyRefusedFieldOfAnEventIsNamed() {
        TaskCompleted event = completed(1, 0).toBuilder()
                .setTaskIndex(7)
                .setAttempt(0)
                .setDisplayName("x".repeat(201))
                .build();
        Topics.send(event);

        assertThat(reason(awaitLetter()))
                .contains(
                        "attempt: was 0; allowed: 1 to", "task_index: was 7; allowed: 0 to 2", "display_name: was xxx");
    }

    @Test
    void aModelThatIsNotThereIsADeadLetter() {
        TaskCompleted event = completed(1, 0);
        Topics.send(withUri(event, "runs/nowhere/tasks/0/1"));

        assertThat(reason(awaitLetter())).contains("does not exist");
        assertThat(header(awaitLetter(), "dead-letter-exception-class-name")).contains("ApiException");
    }

    @Test
    void aModelOutsideTheFolderIsADeadLetter() {
        Topics.send(withUri(completed(1, 0), "../../../etc"));

        assertThat(reason(awaitLetter()))
                .isEqualTo("artifact.uri: was \"../../../etc\"; allowed: a folder inside the artifact folder");
    }

    @Test
    void aModelWithAnotherDigestIsADeadLetter() {
        TaskCompleted event = completed(1, 0);
        Topics.send(event.toBuilder()
                .setArtifact(event.getArtifact().toBuilder().setSha256("0".repeat(64)))
                .build());

        assertThat(reason(awaitLetter())).contains("expected SHA-256 " + "0".repeat(64));
    }

    @Test
    void aModelThatWasChangedIsADeadLetter() throws IOException {
        TaskCompleted event = completed(1, 0);
        Files.write(
                Backends.artifacts().resolve(event.getArtifact().getUri()).resolve("weights.safetensors"),
                new byte[] {1});
        Topics.send(event);

        assertThat(reason(awaitLetter())).contains("weights.safetensors is not what was written");
    }

    @Test
    void aModelOfAnotherTaskIsADeadLetter() {
        Topics.send(completed(1, 0).toBuilder().setTaskIndex(1).build());

        assertThat(reason(awaitLetter())).isEqualTo("the model is of task 0, but the event of task 1");
    }

    private ConsumerRecord<String, byte[]> awaitLetter() {
        String topic = EventType.TASK_COMPLETED.deadLetterTopic();
        await().atMost(DEADLINE)
                .until(() -> !Topics.received(topic, "runs/" + run).isEmpty());
        List<ConsumerRecord<String, byte[]>> letters = Topics.received(topic, "runs/" + run);
        assertThat(letters).hasSize(1);
        return letters.get(0);
    }

    private static String reason(ConsumerRecord<String, byte[]> letter) {
        return header(letter, "dead-letter-reason");
    }

    private static TaskCompleted withUri(TaskCompleted event, String uri) {
        return event.toBuilder()
                .setArtifact(event.getArtifact().toBuilder().setUri(uri))
                .build();
    }

    private static byte[] payload(TaskCompleted event) {
        return EventJson.print(event).getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, String> headers(TaskCompleted event) {
        return new HashMap<>(EngramEvent.of(event).attributes().toHeaders());
    }
}
