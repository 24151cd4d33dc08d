package io.engram.service.error;

import io.engram.proto.error.Errors;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.quarkus.grpc.ExceptionHandler;
import io.quarkus.grpc.ExceptionHandlerProvider;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.inject.Singleton;

/**
 * Turns whatever a gRPC method throws, or fails its Uni, Multi or observer with, into a status with details. A status that
 * the method made itself goes out as it is.
 */
@Singleton
@GlobalInterceptor
public class GrpcErrorTranslation implements ExceptionHandlerProvider, ServerInterceptor {
    /** Exceptions thrown by a method while it is called. */
    @Override
    public <Q, R> ExceptionHandler<Q, R> createHandler(
            ServerCall.Listener<Q> listener, ServerCall<Q, R> call, Metadata metadata) {
        return new ExceptionHandler<>(listener, call, metadata) {
            @Override
            protected void handleException(Throwable thrown, ServerCall<Q, R> failed, Metadata headers) {
                StatusRuntimeException status = translate(thrown, name(failed));
                try {
                    failed.close(status.getStatus(), trailers(status));
                } catch (IllegalStateException alreadyClosed) {
                    // The method closed its call before it threw: the client has its status.
                    Faults.toApiException(thrown, name(failed));
                }
            }
        };
    }

    /** Failures of a Uni or a Multi. */
    @Override
    public Throwable transform(Throwable thrown) {
        return translate(thrown, "a gRPC call");
    }

    /** Failures given to a StreamObserver, which gRPC closes the call with. */
    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        return next.startCall(
                new SimpleForwardingServerCall<>(call) {
                    @Override
                    public void close(Status status, Metadata trailers) {
                        if (status.getCode() == Status.Code.UNKNOWN && status.getCause() != null) {
                            StatusRuntimeException translated = translate(status.getCause(), name(call));
                            super.close(translated.getStatus(), trailers(translated));
                        } else {
                            super.close(status, trailers);
                        }
                    }
                },
                headers);
    }

    private static StatusRuntimeException translate(Throwable thrown, String where) {
        if (thrown instanceof StatusRuntimeException status) {
            return status;
        }
        if (thrown instanceof StatusException status) {
            return new StatusRuntimeException(status.getStatus(), status.getTrailers());
        }
        return Errors.toStatusException(Faults.toApiException(thrown, where));
    }

    private static Metadata trailers(StatusRuntimeException status) {
        return status.getTrailers() == null ? new Metadata() : status.getTrailers();
    }

    private static String name(ServerCall<?, ?> call) {
        return call.getMethodDescriptor().getFullMethodName();
    }
}
