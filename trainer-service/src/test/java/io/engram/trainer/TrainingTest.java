package io.engram.trainer;

import static io.engram.trainer.TrainerClient.DEADLINE;
import static io.engram.trainer.TrainerClient.diverging;
import static io.engram.trainer.TrainerClient.endless;
import static io.engram.trainer.TrainerClient.quick;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.engram.localstack.TestBackends;
import io.engram.proto.buffer.v1.BufferServiceGrpc;
import io.engram.proto.buffer.v1.DeleteBufferRequest;
import io.engram.proto.buffer.v1.ListBuffersRequest;
import io.engram.proto.event.EventJson;
import io.engram.proto.event.EventType;
import io.engram.proto.event.UnreadableEventException;
import io.engram.proto.event.v1.RunStateChanged;
import io.engram.proto.event.v1.TaskCompleted;
import io.engram.proto.trainer.v1.Run;
import io.engram.proto.trainer.v1.RunState;
import io.engram.proto.trainer.v1.TrainedTask;
import io.engram.proto.type.v1.ClassLabel;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TrainingTest extends AgainstTheTrainer {
    @Test
    void everyLearnedTaskIsTold() throws UnreadableEventException {
        Run run = client.awaitState(
                client.create(quick().setDisplayName("told")).getName(), RunState.RUN_STATE_SUCCEEDED);

        List<ConsumerRecord<String, String>> records = awaitEvents(run.getName(), EventType.TASK_COMPLETED, 5);
        ConsumerRecord<String, String> record = records.get(1);
        assertThat(record.key()).isEqualTo(run.getName());
        assertThat(Events.headers(record))
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_id", id(run) + "/1/tasks/1/completed")
                .containsEntry("ce_type", "engram.task.completed.v1")
                .containsEntry("ce_source", "/engram/trainer")
                .containsEntry("ce_subject", run.getName() + "/tasks/1")
                .containsEntry("content-type", "application/json")
                .containsKey("ce_time");
        TaskCompleted event = EventJson.parse(record.value(), TaskCompleted.getDefaultInstance());
        TrainedTask task = run.getTasks(1);
        assertThat(event.getDisplayName()).isEqualTo("told");
        assertThat(event.getMethod()).isEqualTo("er");
        assertThat(event.getDataset()).isEqualTo("digits");
        assertThat(event.getTaskCount()).isEqualTo(5);
        assertThat(event.getClassesList()).extracting(ClassLabel::getLabel).isEqualTo(task.getLabelsList());
        assertThat(event.getTraining().getSteps()).isEqualTo(task.getSteps()).isPositive();
        assertThat(event.getTraining().getSamples()).isEqualTo(task.getSamples());
        assertThat(model(event).descriptor().labelsByTask()).isEqualTo(List.of(List.of(0, 1), List.of(2, 3)));
    }

    @Test
    void everyStateIsTold() throws UnreadableEventException {
        Run run = client.awaitState(client.create(quick()).getName(), RunState.RUN_STATE_SUCCEEDED);

        List<ConsumerRecord<String, String>> records = awaitEvents(run.getName(), EventType.RUN_STATE, 3);

        assertThat(events.ids(run.getName(), EventType.RUN_STATE))
                .containsExactly(
                        id(run) + "/0/state/QUEUED", id(run) + "/1/state/RUNNING", id(run) + "/1/state/SUCCEEDED");
        RunStateChanged last = EventJson.parse(records.get(2).value(), RunStateChanged.getDefaultInstance());
        assertThat(last.getState()).isEqualTo("SUCCEEDED");
        assertThat(last.getReason()).isEmpty();
    }

    @Test
    void aRunThatDivergesFailsAndTheNextOneSucceeds() throws UnreadableEventException {
        String diverging = client.create(diverging()).getName();
        String next = client.create(quick()).getName();

        Run failed = client.awaitState(diverging, RunState.RUN_STATE_FAILED);
        assertThat(failed.getFailure().getReason()).isEqualTo("LOSS_NOT_FINITE");
        assertThat(failed.getFailure().getMessage()).contains("step", "optimizer.settings.learning_rate", "1000");
        client.awaitState(next, RunState.RUN_STATE_SUCCEEDED);
        ConsumerRecord<String, String> told =
                awaitEvents(diverging, EventType.RUN_STATE, 3).get(2);
        assertThat(EventJson.parse(told.value(), RunStateChanged.getDefaultInstance())
                        .getReason())
                .isEqualTo("LOSS_NOT_FINITE");
    }

    @Test
    void aRunThatLosesItsReplayMemoryBeginsAgainAndLeavesNoBufferBehind() {
        assumeTrue(TestBackends.buffer().isPresent(), "the buffer service is not built yet");
        ManagedChannel channel = ManagedChannelBuilder.forTarget(
                        TestBackends.buffer().orElseThrow())
                .usePlaintext()
                .build();
        try {
            var buffers = BufferServiceGrpc.newBlockingStub(channel);
            String name = client.create(endless()).getName();
            await().atMost(DEADLINE).until(() -> client.get(name).getProgress().getStep() > 0);

            buffers.deleteBuffer(DeleteBufferRequest.newBuilder()
                    .setName("buffers/" + name.substring("runs/".length()))
                    .build());

            await().atMost(DEADLINE).until(() -> client.get(name).getAttempt() == 2);
            client.cancel(name);
            client.awaitState(name, RunState.RUN_STATE_CANCELLED);
            await().atMost(DEADLINE).until(() -> buffers.listBuffers(ListBuffersRequest.getDefaultInstance())
                    .getBuffersList()
                    .isEmpty());
        } finally {
            channel.shutdownNow();
        }
    }
}
