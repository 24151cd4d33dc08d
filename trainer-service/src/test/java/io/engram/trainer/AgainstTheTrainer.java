package io.engram.trainer;

import static io.engram.trainer.TrainerClient.DEADLINE;
import static org.awaitility.Awaitility.await;

import io.engram.learning.artifact.ArtifactReference;
import io.engram.learning.artifact.ArtifactStore;
import io.engram.learning.artifact.FrozenModel;
import io.engram.localstack.TestBackends;
import io.engram.proto.event.EventType;
import io.engram.proto.event.v1.TaskCompleted;
import io.engram.proto.trainer.v1.Run;
import io.quarkus.test.common.QuarkusTestResource;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A test with a client of the running service. It knows the service by its ports, topics and folder alone, so that it runs
 * against a native executable, too.
 */
@QuarkusTestResource(TrainerBackends.class)
abstract class AgainstTheTrainer {
    final Events events = new Events(TestBackends.kafka().bootstrapServers());

    TrainerClient client;

    @BeforeEach
    void connect() {
        client = new TrainerClient(TrainerBackends.grpcPort());
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    /** Waits for so many events about a run, and gives all there are. */
    List<ConsumerRecord<String, String>> awaitEvents(String run, EventType type, int count) {
        await().atMost(DEADLINE).until(() -> events.of(run, type).size() >= count);
        return events.of(run, type);
    }

    /** The model that an event tells of, which is whole. */
    static FrozenModel model(TaskCompleted event) {
        return new ArtifactStore(TrainerBackends.artifacts())
                .read(new ArtifactReference(
                        event.getArtifact().getUri(),
                        event.getArtifact().getSizeBytes(),
                        event.getArtifact().getSha256()));
    }

    static String id(Run run) {
        return run.getName().substring("runs/".length());
    }
}
