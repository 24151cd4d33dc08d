package io.engram.service.error;

import io.engram.proto.buffer.v1.BufferServiceGrpc;
import io.engram.proto.buffer.v1.CreateBufferRequest;
import io.engram.proto.buffer.v1.CreateBufferResponse;
import io.engram.proto.buffer.v1.DeleteBufferRequest;
import io.engram.proto.buffer.v1.DeleteBufferResponse;
import io.engram.proto.buffer.v1.GetBufferRequest;
import io.engram.proto.buffer.v1.GetBufferResponse;
import io.engram.proto.error.ApiException;
import io.engram.proto.error.ErrorReason;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;

/** Fails each call in its own way. */
@GrpcService
class FailingBuffers extends BufferServiceGrpc.BufferServiceImplBase {
    @Override
    public void getBuffer(GetBufferRequest request, StreamObserver<GetBufferResponse> observer) {
        switch (request.getName()) {
            case "thrown" -> throw missing();
            case "observed" -> observer.onError(missing());
            case "wrapped" -> throw new IllegalStateException(missing());
            case "illegal" -> throw new IllegalArgumentException("a secret");
            case "illegal-observed" -> observer.onError(new IllegalArgumentException("a secret"));
            case "status" -> throw Status.ABORTED.withDescription("as it is").asRuntimeException();
            default -> observer.onCompleted();
        }
    }

    @Override
    public void createBuffer(CreateBufferRequest request, StreamObserver<CreateBufferResponse> observer) {
        observer.onNext(CreateBufferResponse.getDefaultInstance());
        observer.onCompleted();
    }

    @Override
    public void deleteBuffer(DeleteBufferRequest request, StreamObserver<DeleteBufferResponse> observer) {
        observer.onNext(DeleteBufferResponse.getDefaultInstance());
        observer.onCompleted();
    }

    static ApiException missing() {
        return ApiException.invalid(ErrorReason.BUFFER_NOT_FOUND, "name", "buffers/b", "a buffer that exists");
    }
}
