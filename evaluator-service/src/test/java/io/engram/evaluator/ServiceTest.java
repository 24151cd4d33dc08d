package io.engram.evaluator;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import io.engram.learning.artifact.ArtifactReference;
import io.engram.learning.run.RunSpec;
import io.engram.proto.evaluator.v1.Evaluation;
import io.engram.proto.evaluator.v1.EvaluatorServiceGrpc;
import io.engram.proto.evaluator.v1.GetSummaryRequest;
import io.engram.proto.evaluator.v1.ListEvaluationsRequest;
import io.engram.proto.evaluator.v1.Summary;
import io.engram.proto.event.EventJson;
import io.engram.proto.event.EventType;
import io.engram.proto.event.UnreadableEventException;
import io.engram.proto.event.v1.TaskCompleted;
import io.engram.proto.event.v1.TaskEvaluated;
import io.engram.proto.type.v1.Artifact;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What every test of the running service needs; each test has a run of its own. It knows the service by its ports, topics and
 * folder alone, so that it runs against a native executable, too.
 */
@QuarkusTestResource(Backends.class)
abstract class ServiceTest {
    static final Duration DEADLINE = Duration.ofSeconds(40);
    static final int TASKS = 3;

    final String run = "r" + UUID.randomUUID();

    EvaluatorServiceGrpc.EvaluatorServiceBlockingStub evaluator;

    private ManagedChannel channel;

    @BeforeEach
    void connect() {
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", Backends.grpcPort())
                .usePlaintext()
                .build();
        evaluator = EvaluatorServiceGrpc.newBlockingStub(channel);
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    TaskCompleted completed(int attempt, int task) {
        return completed(run, TrainedModels.DIGITS, attempt, task);
    }

    static TaskCompleted completed(String run, RunSpec models, int attempt, int task) {
        ArtifactReference artifact = TrainedModels.write(models, Backends.artifacts(), run, attempt, task);
        return TaskCompleted.newBuilder()
                .setRun("runs/" + run)
                .setDisplayName("Digits in three tasks")
                .setMethod(models.method().name())
                .setDataset("digits")
                .setAttempt(attempt)
                .setTaskIndex(task)
                .setTaskCount(TASKS)
                .setArtifact(Artifact.newBuilder()
                        .setUri(artifact.uri())
                        .setSizeBytes(artifact.sizeBytes())
                        .setSha256(artifact.sha256()))
                .setTime(Timestamp.newBuilder().setSeconds(1_767_225_600))
                .build();
    }

    /** Sends the events of all tasks and waits until they are evaluated. */
    void evaluateAllTasks() {
        evaluate(run, TrainedModels.DIGITS);
        awaitEvaluations(TASKS);
    }

    /** Sends the events of all tasks of a run that learned as a spec says. */
    static void evaluate(String run, RunSpec models) {
        for (int task = 0; task < TASKS; task++) {
            Topics.send(completed(run, models, 1, task));
        }
    }

    List<Evaluation> awaitEvaluations(int count) {
        return awaitEvaluationsOf(run, count);
    }

    List<Evaluation> awaitEvaluationsOf(String other, int count) {
        await().atMost(DEADLINE).until(() -> evaluationsOf(other).size() == count);
        return evaluationsOf(other);
    }

    Summary summary() {
        return evaluator
                .getSummary(GetSummaryRequest.newBuilder().setRun("runs/" + run).build())
                .getSummary();
    }

    /** Evaluations of this test's run; none where it is not known. */
    List<Evaluation> evaluations() {
        return evaluationsOf(run);
    }

    private List<Evaluation> evaluationsOf(String other) {
        try {
            return evaluator
                    .listEvaluations(ListEvaluationsRequest.newBuilder()
                            .setRun("runs/" + other)
                            .build())
                    .getEvaluationsList();
        } catch (StatusRuntimeException unknown) {
            return List.of();
        }
    }

    /** Waits until the topic of results has so many events of this test's run, and gives all it has. */
    List<TaskEvaluated> awaitResults(int count) {
        await().atMost(DEADLINE).until(() -> results().size() >= count);
        return results();
    }

    List<TaskEvaluated> results() {
        List<TaskEvaluated> results = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> message :
                Topics.received(EventType.TASK_EVALUATED.topic(), "runs/" + run)) {
            try {
                results.add(EventJson.parse(
                        new String(message.value(), StandardCharsets.UTF_8), TaskEvaluated.getDefaultInstance()));
            } catch (UnreadableEventException malformed) {
                throw new IllegalStateException(malformed);
            }
        }
        return results;
    }
}
