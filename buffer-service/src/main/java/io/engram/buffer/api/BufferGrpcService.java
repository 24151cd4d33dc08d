package io.engram.buffer.api;

import io.engram.buffer.application.BufferLimits;
import io.engram.buffer.application.BufferRegistry;
import io.engram.buffer.application.BufferState;
import io.engram.buffer.application.Traffic;
import io.engram.proto.buffer.v1.BufferServiceGrpc;
import io.engram.proto.buffer.v1.CreateBufferRequest;
import io.engram.proto.buffer.v1.CreateBufferResponse;
import io.engram.proto.buffer.v1.DeleteBufferRequest;
import io.engram.proto.buffer.v1.DeleteBufferResponse;
import io.engram.proto.buffer.v1.GetBufferRequest;
import io.engram.proto.buffer.v1.GetBufferResponse;
import io.engram.proto.buffer.v1.ListBuffersRequest;
import io.engram.proto.buffer.v1.ListBuffersResponse;
import io.engram.proto.buffer.v1.SessionRequest;
import io.engram.proto.buffer.v1.SessionResponse;
import io.engram.proto.error.Errors;
import io.engram.proto.name.BufferName;
import io.engram.proto.paging.Paging;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;

/**
 * The calls of {@code engram.buffer.v1.BufferService}. Every call runs on the event loop of its connection: none waits for
 * anything there; what a disk is needed for is answered from another thread. Refusals are thrown and become a status in one interceptor.
 */
@GrpcService
public class BufferGrpcService extends BufferServiceGrpc.BufferServiceImplBase {
    private final BufferRegistry registry;
    private final BufferLimits limits;
    private final Traffic traffic;
    private final NewBufferReader newBuffers;

    BufferGrpcService(BufferRegistry registry, BufferLimits limits, Traffic traffic) {
        this.registry = registry;
        this.limits = limits;
        this.traffic = traffic;
        newBuffers = new NewBufferReader(limits);
    }

    @Override
    public void createBuffer(CreateBufferRequest request, StreamObserver<CreateBufferResponse> response) {
        BufferState made = registry.create(newBuffers.read(request));
        answer(
                response,
                CreateBufferResponse.newBuilder()
                        .setBuffer(BufferMessages.buffer(made))
                        .build());
    }

    @Override
    public void getBuffer(GetBufferRequest request, StreamObserver<GetBufferResponse> response) {
        BufferState found =
                registry.get(BufferName.parse("name", request.getName())).state();
        answer(
                response,
                GetBufferResponse.newBuilder()
                        .setBuffer(BufferMessages.buffer(found))
                        .build());
    }

    @Override
    public void listBuffers(ListBuffersRequest request, StreamObserver<ListBuffersResponse> response) {
        Paging paging = Paging.of(request.getPageSize(), request.getPageToken());
        var page = paging.cut(registry.list(paging.after(), paging.size() + 1), state -> state.name()
                .buffer());
        var message = ListBuffersResponse.newBuilder().setNextPageToken(page.nextToken());
        page.entries().forEach(state -> message.addBuffers(BufferMessages.buffer(state)));
        answer(response, message.build());
    }

    @Override
    public void deleteBuffer(DeleteBufferRequest request, StreamObserver<DeleteBufferResponse> response) {
        registry.delete(
                BufferName.parse("name", request.getName()),
                () -> answer(response, DeleteBufferResponse.getDefaultInstance()),
                failed -> response.onError(Errors.toStatusException(failed)));
    }

    @Override
    public StreamObserver<SessionRequest> session(StreamObserver<SessionResponse> responses) {
        return BufferSession.start(registry, limits, traffic, (ServerCallStreamObserver<SessionResponse>) responses);
    }

    private static <T> void answer(StreamObserver<T> response, T message) {
        response.onNext(message);
        response.onCompleted();
    }
}
