package io.engram.proto.error;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.Status.Code;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Turns {@link ApiException}s into statuses with details, and back. */
public final class Errors {
    /** The domain of every ErrorInfo of Engram. */
    public static final String DOMAIN = "engram";

    // Clients accept 8 KiB of headers by default, in which the message stands twice and the details in base 64.
    private static final int LARGEST_VIOLATIONS = 3072;
    private static final int LONGEST_MESSAGE = 1000;

    private Errors() {}

    /**
     * The status of an exception: code, message, ErrorInfo, and BadRequest where fields are refused. Violations beyond
     * what fits into the headers of a response are counted in the metadata {@code violations_left_out}.
     */
    public static Status toStatus(ApiException exception) {
        BadRequest badRequest = badRequest(exception.violations());
        ErrorInfo.Builder info = ErrorInfo.newBuilder()
                .setDomain(DOMAIN)
                .setReason(exception.reason().code())
                .putAllMetadata(exception.metadata());
        int leftOut =
                exception.violationsLeftOut() + exception.violations().size() - badRequest.getFieldViolationsCount();
        if (leftOut > 0) {
            info.putMetadata(ApiException.LEFT_OUT, Integer.toString(leftOut));
        }
        Status.Builder status = Status.newBuilder()
                .setCode(exception.reason().grpcCode().value())
                .setMessage(shortened(exception.getMessage()))
                .addDetails(Any.pack(info.build()));
        if (badRequest.getFieldViolationsCount() > 0) {
            status.addDetails(Any.pack(badRequest));
        }
        return status.build();
    }

    private static BadRequest badRequest(List<FieldViolation> violations) {
        BadRequest.Builder badRequest = BadRequest.newBuilder();
        int bytes = 0;
        for (FieldViolation violation : violations) {
            BadRequest.FieldViolation next = BadRequest.FieldViolation.newBuilder()
                    .setField(violation.field())
                    .setDescription(violation.description())
                    .build();
            bytes += next.getSerializedSize();
            if (bytes > LARGEST_VIOLATIONS) {
                break;
            }
            badRequest.addFieldViolations(next);
        }
        return badRequest.build();
    }

    private static String shortened(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "…";
    }

    /** The same as an exception that gRPC sends. */
    public static StatusRuntimeException toStatusException(ApiException exception) {
        return StatusProto.toStatusRuntimeException(toStatus(exception));
    }

    /** Reads a status, also one that has no details or the details of others. */
    public static ApiException fromStatus(Status status) {
        return read(status, null);
    }

    /** Reads an exception of a gRPC call, also one that has no details. */
    public static ApiException fromException(StatusRuntimeException exception) {
        return read(StatusProto.fromStatusAndTrailers(exception.getStatus(), exception.getTrailers()), exception);
    }

    /** Reads an exception of a gRPC call, also one that has no details. */
    public static ApiException fromException(StatusException exception) {
        return read(StatusProto.fromStatusAndTrailers(exception.getStatus(), exception.getTrailers()), exception);
    }

    private static ApiException read(Status status, Throwable cause) {
        ErrorReason reason = reasonOf(Code.values()[validCode(status.getCode())]);
        List<FieldViolation> violations = new ArrayList<>();
        Map<String, String> metadata = Map.of();
        try {
            for (Any detail : status.getDetailsList()) {
                if (detail.is(ErrorInfo.class)) {
                    ErrorInfo info = detail.unpack(ErrorInfo.class);
                    reason = ErrorReason.ofCode(info.getReason()).orElse(reason);
                    metadata = info.getMetadataMap();
                } else if (detail.is(BadRequest.class)) {
                    addViolations(detail.unpack(BadRequest.class), violations);
                }
            }
        } catch (InvalidProtocolBufferException malformed) {
            // Details that cannot be read are left out: code and message still say what happened.
            violations.clear();
        }
        String message = status.getMessage().isEmpty() ? reason.description() : status.getMessage();
        return ApiException.read(reason, message, violations, metadata, cause);
    }

    private static void addViolations(BadRequest badRequest, List<FieldViolation> violations) {
        for (BadRequest.FieldViolation violation : badRequest.getFieldViolationsList()) {
            violations.add(FieldViolation.fromDescription(violation.getField(), violation.getDescription())
                    .orElseGet(() -> new FieldViolation(violation.getField(), "refused", violation.getDescription())));
        }
    }

    private static int validCode(int code) {
        return code >= 0 && code < Code.values().length ? code : Code.UNKNOWN.value();
    }

    /** The reason that says most about a status which came without one, for example from a proxy or from gRPC itself. */
    private static ErrorReason reasonOf(Code code) {
        return switch (code) {
            case INVALID_ARGUMENT, OUT_OF_RANGE -> ErrorReason.INVALID_ARGUMENT;
            case RESOURCE_EXHAUSTED -> ErrorReason.MESSAGE_TOO_LARGE;
            case UNAVAILABLE, DEADLINE_EXCEEDED -> ErrorReason.UNAVAILABLE;
            default -> ErrorReason.INTERNAL;
        };
    }
}
