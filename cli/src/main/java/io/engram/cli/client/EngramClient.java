package io.engram.cli.client;

import io.engram.proto.evaluator.v1.EvaluatorServiceGrpc;
import io.engram.proto.evaluator.v1.EvaluatorServiceGrpc.EvaluatorServiceBlockingStub;
import io.engram.proto.evaluator.v1.EvaluatorServiceGrpc.EvaluatorServiceStub;
import io.engram.proto.trainer.v1.TrainerServiceGrpc;
import io.engram.proto.trainer.v1.TrainerServiceGrpc.TrainerServiceBlockingStub;
import io.engram.proto.trainer.v1.TrainerServiceGrpc.TrainerServiceStub;
import io.grpc.ManagedChannel;
import io.grpc.okhttp.OkHttpChannelBuilder;
import java.util.concurrent.TimeUnit;

/** Connections to the trainer and the evaluator. Safe for use by several threads. */
public final class EngramClient implements AutoCloseable {
    static final long CALL_SECONDS = 20;

    private final Addresses addresses;
    private final ManagedChannel trainer;
    private final ManagedChannel evaluator;

    public EngramClient(Addresses addresses) {
        this.addresses = addresses;
        trainer = channel(addresses.trainer());
        evaluator = channel(addresses.evaluator());
    }

    private static ManagedChannel channel(String address) {
        return OkHttpChannelBuilder.forTarget(address)
                .usePlaintext()
                .maxInboundMessageSize(64 * 1024 * 1024)
                .build();
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

    /** For streams without an end. */
    public TrainerServiceStub trainerStream() {
        return TrainerServiceGrpc.newStub(trainer);
    }

    /** For streams without an end. */
    public EvaluatorServiceStub evaluatorStream() {
        return EvaluatorServiceGrpc.newStub(evaluator);
    }

    @Override
    public void close() {
        trainer.shutdownNow();
        evaluator.shutdownNow();
    }
}
