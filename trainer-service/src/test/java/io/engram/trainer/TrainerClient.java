package io.engram.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Value;
import io.engram.proto.error.ApiException;
import io.engram.proto.error.Errors;
import io.engram.proto.trainer.v1.CancelRunRequest;
import io.engram.proto.trainer.v1.CreateRunRequest;
import io.engram.proto.trainer.v1.GetRunRequest;
import io.engram.proto.trainer.v1.Run;
import io.engram.proto.trainer.v1.RunState;
import io.engram.proto.trainer.v1.TrainerServiceGrpc;
import io.engram.proto.type.v1.Component;
import io.engram.proto.type.v1.RunSpec;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A gRPC client of the service under test, and specs of runs that take no time or very long. */
final class TrainerClient implements AutoCloseable {
    static final Duration DEADLINE = Duration.ofSeconds(120);

    private final ManagedChannel channel;

    TrainerClient(int port) {
        channel = ManagedChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .build();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    TrainerServiceGrpc.TrainerServiceBlockingStub calls() {
        return TrainerServiceGrpc.newBlockingStub(channel);
    }

    TrainerServiceGrpc.TrainerServiceStub streams() {
        return TrainerServiceGrpc.newStub(channel);
    }

    /** Experience replay on the digits: five tasks in a moment. */
    static RunSpec.Builder quick() {
        RunSpec.Builder spec =
                RunSpec.newBuilder().setMethod(Component.newBuilder().setName("er"));
        spec.getScenarioBuilder().setDataset("digits").getClassIncrementalBuilder();
        spec.getTrainingBuilder().setBatchSize(32);
        spec.getMemoryBuilder().setCapacity(100);
        return spec;
    }

    /** The same for long enough that something can happen meanwhile. */
    static RunSpec.Builder longer() {
        RunSpec.Builder spec = quick();
        spec.getTrainingBuilder().setEpochs(60);
        return spec;
    }

    /** A run that ends only when it is asked to. */
    static RunSpec.Builder endless() {
        RunSpec.Builder spec = quick();
        spec.getTrainingBuilder().setEpochs(10000);
        return spec;
    }

    /** A run whose loss grows beyond all numbers. */
    static RunSpec.Builder diverging() {
        RunSpec.Builder spec = endless();
        spec.getOptimizerBuilder()
                .setName("sgd")
                .getSettingsBuilder()
                .putFields(
                        "learning_rate", Value.newBuilder().setNumberValue(1000).build())
                .putFields("momentum", Value.newBuilder().setNumberValue(0.9).build());
        return spec;
    }

    Run create(RunSpec.Builder spec) {
        return create(spec, "");
    }

    Run create(RunSpec.Builder spec, String requestId) {
        return calls().createRun(CreateRunRequest.newBuilder()
                        .setSpec(spec)
                        .setRequestId(requestId)
                        .build())
                .getRun();
    }

    Run get(String name) {
        return calls().getRun(GetRunRequest.newBuilder().setName(name).build()).getRun();
    }

    Run cancel(String name) {
        return calls().cancelRun(CancelRunRequest.newBuilder().setName(name).build())
                .getRun();
    }

    Run awaitState(String name, RunState state) {
        await().atMost(DEADLINE)
                .ignoreExceptionsMatching(TrainerClient::mayPass)
                .until(() -> get(name).getState() == state || ended(get(name)));
        Run run = get(name);
        assertThat(run.getState()).as(run.toString()).isEqualTo(state);
        return run;
    }

    /** As while a database is away. */
    private static boolean mayPass(Throwable refused) {
        return refused instanceof StatusRuntimeException call
                && call.getStatus().getCode() == Status.Code.UNAVAILABLE;
    }

    private static boolean ended(Run run) {
        return run.getState() == RunState.RUN_STATE_SUCCEEDED
                || run.getState() == RunState.RUN_STATE_FAILED
                || run.getState() == RunState.RUN_STATE_CANCELLED;
    }

    /** What a call is refused with. */
    static ApiException refusal(ThrowingCallable call) {
        StatusRuntimeException refused = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(refused).as("a refusal").isNotNull();
        return Errors.fromException(refused);
    }
}
