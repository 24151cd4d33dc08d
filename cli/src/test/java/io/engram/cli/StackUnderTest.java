package io.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.engram.cli.client.Addresses;
import io.engram.cli.client.EngramClient;
import io.engram.cli.spec.RunSpecYaml;
import io.engram.localstack.ChildProcesses;
import io.engram.localstack.EngramHome;
import io.engram.localstack.LocalStack;
import io.engram.localstack.Service;
import io.engram.localstack.ServiceCommands;
import io.engram.localstack.StackOptions;
import io.engram.localstack.StackPorts;
import io.engram.localstack.TopicRecords;
import io.engram.proto.evaluator.v1.AccuracyMatrixRow;
import io.engram.proto.evaluator.v1.Evaluation;
import io.engram.proto.evaluator.v1.GetAccuracyMatrixRequest;
import io.engram.proto.evaluator.v1.ListEvaluationsRequest;
import io.engram.proto.event.EventType;
import io.engram.proto.trainer.v1.CreateRunRequest;
import io.engram.proto.trainer.v1.GetRunRequest;
import io.engram.proto.trainer.v1.Run;
import io.engram.proto.trainer.v1.RunState;
import io.engram.proto.type.v1.RunSpec;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A whole stack on free ports, with leases short enough to wait for, and what a user sees of it. */
final class StackUnderTest implements AutoCloseable {
    static final Duration DEADLINE = Duration.ofSeconds(90);

    private static final List<String> SETTINGS = List.of(
            "-Dengram.trainer.lease=5s",
            "-Dengram.trainer.heart-beat=500ms",
            "-Dengram.trainer.retry-pause=1s",
            // The shortest that the broker allows.
            "-Dmp.messaging.incoming.task-completed.session.timeout.ms=6000");

    private final Path folder;
    private final LocalStack stack;
    private final EngramClient client;

    private StackUnderTest(Path folder, boolean ephemeral) {
        this.folder = folder;
        EngramHome home = EngramHome.find();
        StackOptions options =
                new StackOptions(folder, StackOptions.LOOPBACK, StackPorts.free(), Optional.empty(), ephemeral);
        stack = LocalStack.start(
                new ChildProcesses(), home, ServiceCommands.underTest(home).withSettings(SETTINGS), options);
        client = new EngramClient(
                new Addresses(stack.grpcAddress(Service.TRAINER), stack.grpcAddress(Service.EVALUATOR)));
    }

    /** One whose data is thrown away, and whose processes are killed at the end. */
    static StackUnderTest ephemeral(Path folder) {
        return new StackUnderTest(folder, true);
    }

    /** One whose processes are stopped in good order at the end. */
    static StackUnderTest durable(Path folder) {
        return new StackUnderTest(folder, false);
    }

    /** A run spec that works. */
    static Path example() {
        return EngramHome.find().root().resolve("examples/digits-er.yaml");
    }

    /** The digits with experience replay, for long enough that something can happen meanwhile. */
    static RunSpec.Builder spec(int epochs) {
        RunSpec.Builder spec = RunSpecYaml.read(example()).toBuilder().setSeed(7);
        spec.getTrainingBuilder().setEpochs(epochs);
        return spec;
    }

    Addresses addresses() {
        return client.addresses();
    }

    Run create(RunSpec.Builder spec) {
        return client.trainer()
                .createRun(CreateRunRequest.newBuilder().setSpec(spec).build())
                .getRun();
    }

    Run get(String run) {
        return client.trainer()
                .getRun(GetRunRequest.newBuilder().setName(run).build())
                .getRun();
    }

    /** Waits until a run is so. */
    void awaitRun(String run, Predicate<Run> condition) {
        await().atMost(DEADLINE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> answer(() -> get(run)), answer -> answer.filter(condition)
                        .isPresent());
    }

    /** Nothing while the service is away, or while the evaluator has not heard of the run. */
    private static <T> Optional<T> answer(Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (StatusRuntimeException refused) {
            assertThat(refused.getStatus().getCode()).isIn(Status.Code.UNAVAILABLE, Status.Code.NOT_FOUND);
            return Optional.empty();
        }
    }

    /** Waits until something was learned, and something is left to do. */
    void awaitMiddle(String run) {
        awaitRun(run, seen -> seen.getTasksCount() > 1);
        assertThat(get(run).getState()).isEqualTo(RunState.RUN_STATE_RUNNING);
    }

    /** Waits for the run's end and the evaluation of each task by the attempt that learned it. */
    Run awaitResults(String name) {
        awaitRun(name, run -> run.hasEndTime());
        Run run = get(name);
        assertThat(run.getState()).as(run.toString()).isEqualTo(RunState.RUN_STATE_SUCCEEDED);
        await().atMost(DEADLINE)
                .until(
                        () -> evaluations(name),
                        evaluations -> evaluations.size() == run.getTaskCount()
                                && evaluations.stream()
                                        .allMatch(evaluation -> evaluation.getAttempt()
                                                == run.getTasks(evaluation.getTaskIndex())
                                                        .getAttempt()));
        return run;
    }

    private List<Evaluation> evaluations(String run) {
        ListEvaluationsRequest request =
                ListEvaluationsRequest.newBuilder().setRun(run).build();
        return answer(() -> client.evaluator().listEvaluations(request).getEvaluationsList())
                .orElse(List.of());
    }

    List<AccuracyMatrixRow> matrix(String run) {
        return client.evaluator()
                .getAccuracyMatrix(
                        GetAccuracyMatrixRequest.newBuilder().setRun(run).build())
                .getRowsList();
    }

    byte[] weights(Run run, int task) {
        return read(folder.resolve("artifacts")
                .resolve(run.getName() + "/tasks/" + task + "/"
                        + run.getTasks(task).getAttempt() + "/weights.safetensors"));
    }

    /** The ids of the events about a run so far, in order. */
    List<String> told(String run, EventType type) {
        return TopicRecords.withKey(run, type.topic(), stack.kafka().bootstrapServers(), new ByteArrayDeserializer())
                .stream()
                .map(StackUnderTest::id)
                .toList();
    }

    private static String id(ConsumerRecord<String, byte[]> record) {
        return new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8);
    }

    void kill(Service service) {
        stack.service(service).process().kill();
    }

    void startAgain(Service service) {
        stack.restart(service);
    }

    String log(Service service) {
        return new String(read(stack.logFolder().resolve(service.label() + ".log")), StandardCharsets.UTF_8);
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    @Override
    public void close() {
        client.close();
        stack.close();
    }
}
