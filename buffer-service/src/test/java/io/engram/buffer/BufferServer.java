package io.engram.buffer;

import io.engram.proto.buffer.v1.Buffer;
import io.engram.proto.buffer.v1.BufferServiceGrpc;
import io.engram.proto.buffer.v1.BufferSettings;
import io.engram.proto.buffer.v1.CreateBufferRequest;
import io.engram.proto.buffer.v1.DeleteBufferRequest;
import io.engram.proto.buffer.v1.ListBuffersRequest;
import io.engram.proto.error.ApiException;
import io.engram.proto.error.Errors;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A client of the running service, over a real connection of its own. */
final class BufferServer implements AutoCloseable {
    static final int ITEM_BYTES = 8;

    private final ManagedChannel channel;

    BufferServer(int port) {
        channel = NettyChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .maxInboundMessageSize(16 << 20)
                .build();
    }

    Channel channel() {
        return channel;
    }

    BufferServiceGrpc.BufferServiceBlockingStub calls() {
        return BufferServiceGrpc.newBlockingStub(channel);
    }

    BufferServiceGrpc.BufferServiceStub streams() {
        return BufferServiceGrpc.newStub(channel);
    }

    /** A new buffer of 8-byte samples under a name of the service's choice. */
    Buffer create(int capacity, long seed) {
        return create(CreateBufferRequest.newBuilder().setSettings(settings(capacity, seed)));
    }

    Buffer create(CreateBufferRequest.Builder request) {
        return calls().createBuffer(request.build()).getBuffer();
    }

    void delete(String name) {
        calls().deleteBuffer(DeleteBufferRequest.newBuilder().setName(name).build());
    }

    static BufferSettings.Builder settings(int capacity, long seed) {
        return BufferSettings.newBuilder()
                .setCapacity(capacity)
                .setItemBytes(ITEM_BYTES)
                .setSeed(seed);
    }

    /** What a call is refused with, details included. */
    static ApiException refusal(ThrowingCallable call) {
        return Errors.fromException(Assertions.catchThrowableOfType(StatusRuntimeException.class, call));
    }

    void deleteAll() {
        calls().listBuffers(ListBuffersRequest.newBuilder().setPageSize(1000).build())
                .getBuffersList()
                .forEach(buffer -> delete(buffer.getName()));
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
