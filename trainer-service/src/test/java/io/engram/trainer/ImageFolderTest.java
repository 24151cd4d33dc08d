package io.engram.trainer;

import static io.engram.trainer.TrainerClient.quick;
import static org.assertj.core.api.Assertions.assertThat;

import io.engram.proto.event.EventJson;
import io.engram.proto.event.EventType;
import io.engram.proto.event.UnreadableEventException;
import io.engram.proto.event.v1.TaskCompleted;
import io.engram.proto.trainer.v1.Run;
import io.engram.proto.trainer.v1.RunState;
import io.engram.proto.type.v1.ClassLabel;
import io.engram.proto.type.v1.RunSpec;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ImageFolderTest extends AgainstTheTrainer {
    @Test
    void imagesInAFolderAreTrainedOn() throws UnreadableEventException {
        RunSpec.Builder spec = quick();
        spec.getScenarioBuilder().setDataset("pets");

        Run run = client.awaitState(client.create(spec).getName(), RunState.RUN_STATE_SUCCEEDED);

        ConsumerRecord<String, String> record =
                awaitEvents(run.getName(), EventType.TASK_COMPLETED, 1).get(0);
        TaskCompleted event = EventJson.parse(record.value(), TaskCompleted.getDefaultInstance());
        assertThat(event.getClassesList()).extracting(ClassLabel::getName).containsExactly("cat", "dog");
        assertThat(event.getTraining().getSamples()).isEqualTo(2 * Pets.TRAIN_PER_CLASS);
        // Red, green and blue of 4x4 pixels.
        assertThat(model(event).weights().get(0).shape()).endsWith(48);
    }

    @Test
    void aDamagedImageFailsTheRunAndAfterItsRepairTheNextSucceeds() throws IOException {
        Path torn = Pets.torn(Path.of(ConfigProvider.getConfig().getValue("engram.trainer.data-dir", String.class)));
        RunSpec.Builder spec = quick();
        spec.getScenarioBuilder().setDataset("torn-pets");

        Run failed = client.awaitState(client.create(spec).getName(), RunState.RUN_STATE_FAILED);

        assertThat(failed.getFailure().getReason()).isEqualTo("DATASET_UNAVAILABLE");
        assertThat(failed.getFailure().getMessage()).contains(torn + " is neither a PNG nor a JPEG image");

        Files.delete(torn);

        client.awaitState(client.create(spec).getName(), RunState.RUN_STATE_SUCCEEDED);
    }
}
