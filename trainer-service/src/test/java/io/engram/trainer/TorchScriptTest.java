package io.engram.trainer;

import static io.engram.trainer.TrainerClient.quick;
import static io.engram.trainer.TrainerClient.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Value;
import io.engram.learning.artifact.FrozenModel;
import io.engram.learning.artifact.NamedTensor;
import io.engram.localstack.TestBackends;
import io.engram.proto.error.FieldViolation;
import io.engram.proto.event.EventJson;
import io.engram.proto.event.EventType;
import io.engram.proto.event.UnreadableEventException;
import io.engram.proto.event.v1.TaskCompleted;
import io.engram.proto.trainer.v1.Run;
import io.engram.proto.trainer.v1.RunState;
import io.engram.proto.type.v1.RunSpec;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs on a module from outside, with the file that the learning module's tests have of PyTorch. */
@QuarkusTest
class TorchScriptTest extends AgainstTheTrainer {
    @BeforeEach
    void putTheFileIntoTheDataFolder() throws IOException {
        Path file = Path.of(
                System.getProperty("engram.home"),
                "learning/src/test/resources/io/engram/learning/torchscript/scripted.pt");
        Files.copy(file, TestBackends.folder("data").resolve("module.pt"), StandardCopyOption.REPLACE_EXISTING);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void modelsNameTheModuleAndHoldWhatOfItWasTrained(boolean trainable) throws UnreadableEventException {
        Run run = client.awaitState(client.create(on("module.pt", trainable)).getName(), RunState.RUN_STATE_SUCCEEDED);

        ConsumerRecord<String, String> record =
                awaitEvents(run.getName(), EventType.TASK_COMPLETED, 5).get(4);
        FrozenModel model = model(EventJson.parse(record.value(), TaskCompleted.getDefaultInstance()));
        assertThat(model.descriptor().module().orElseThrow().path()).isEqualTo("module.pt");
        assertThat(model.weights())
                .extracting(NamedTensor::name)
                .filteredOn(name -> name.startsWith("backbone."))
                .hasSize(trainable ? 13 : 0);
    }

    @Test
    void aFileThatIsNoModuleIsRefusedAtSubmission() throws IOException {
        Files.writeString(TestBackends.folder("data").resolve("text.pt"), "no module");

        assertThat(refusal(() -> client.create(on("text.pt", false))).violations())
                .containsExactly(new FieldViolation(
                        "backbone.weights", "\"text.pt\"", "a module that torch.jit.save wrote; this is no archive"));
    }

    private static RunSpec.Builder on(String file, boolean trainable) {
        RunSpec.Builder spec = quick();
        spec.getBackboneBuilder().setName("torchscript").setWeights(file);
        spec.getBackboneBuilder()
                .getSettingsBuilder()
                .putFields(
                        "trainable", Value.newBuilder().setBoolValue(trainable).build());
        return spec;
    }
}
