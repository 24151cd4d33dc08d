package io.engram.cli.client;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.UncheckedExecutionException;
import io.engram.proto.evaluator.v1.EvaluatorServiceGrpc;
import io.engram.proto.evaluator.v1.EvaluatorServiceGrpc.EvaluatorServiceBlockingStub;
import io.engram.proto.evaluator.v1.EvaluatorServiceGrpc.EvaluatorServiceFutureStub;
import io.engram.proto.evaluator.v1.EvaluatorServiceGrpc.EvaluatorServiceStub;
import io.engram.proto.trainer.v1.CreateRunRequest;
import io.engram.proto.trainer.v1.TrainerServiceGrpc;
import io.engram.proto.trainer.v1.TrainerServiceGrpc.TrainerServiceBlockingStub;
import io.engram.proto.trainer.v1.TrainerServiceGrpc.TrainerServiceFutureStub;
import io.engram.proto.trainer.v1.TrainerServiceGrpc.TrainerServiceStub;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.okhttp.OkHttpChannelBuilder;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Connections to the trainer and the evaluator. Safe for use by several threads. */
public final class EngramClient implements AutoCloseable {
    static final long CALL_SECONDS = 20;
    private static final long CLOSE_SECONDS = 1;

    private final Addresses addresses;
    private final ManagedChannel trainer;
    private final ManagedChannel evaluator;

    public EngramClient(Addresses addresses) {
        this.addresses = addresses;
        trainer = channel(addresses.trainer());
        evaluator = channel(addresses.evaluator());
    }

    /** Loads what calls need, messages and channels, which takes longer than a call. Connects to nothing. */
    public static void load() {
        CreateRunRequest.getDescriptor();
        new EngramClient(new Addresses("localhost:1", "localhost:1")).close();
    }

    private static ManagedChannel channel(String address) {
        return OkHttpChannelBuilder.forTarget(address)
                .usePlaintext()
                .maxInboundMessageSize(64 * 1024 * 1024)
                .build();
    }

    /** Begins to connect and does not wait: what is done meanwhile hides the time that it takes. */
    public void connect() {
        trainer.getState(true);
        evaluator.getState(true);
    }

    public Addresses addresses() {
        return addresses;
    }

    /** For one call, which has a deadline. */
    public TrainerServiceBlockingStub trainer() {
        return TrainerServiceGrpc.newBlockingStub(trainer).withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }

    /** For one call, which has a deadline. */
    public EvaluatorServiceBlockingStub evaluator() {
        return EvaluatorServiceGrpc.newBlockingStub(evaluator).withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }

    /** For calls side by side, each of which has a deadline; see {@link #answer}. */
    public TrainerServiceFutureStub trainerFuture() {
        return TrainerServiceGrpc.newFutureStub(trainer).withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }

    /** For calls side by side, each of which has a deadline; see {@link #answer}. */
    public EvaluatorServiceFutureStub evaluatorFuture() {
        return EvaluatorServiceGrpc.newFutureStub(evaluator).withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Waits for the answer of a call that is under way.
     *
     * @throws StatusRuntimeException where the call failed
     */
    public static <T> T answer(Future<T> call) {
        try {
            return Futures.getUnchecked(call);
        } catch (UncheckedExecutionException failed) {
            throw failed.getCause() instanceof StatusRuntimeException status ? status : failed;
        }
    }

    /** For streams without an end. */
    public TrainerServiceStub trainerStream() {
        return TrainerServiceGrpc.newStub(trainer);
    }

    /** For streams without an end. */
    public EvaluatorServiceStub evaluatorStream() {
        return EvaluatorServiceGrpc.newStub(evaluator);
    }

    /** Ends what is under way, and waits for it: a process that ends while a thread reads a socket takes 0.3 seconds more. */
    @Override
    public void close() {
        trainer.shutdownNow();
        evaluator.shutdownNow();
        try {
            trainer.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
            evaluator.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
