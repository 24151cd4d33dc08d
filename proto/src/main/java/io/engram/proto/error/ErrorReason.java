package io.engram.proto.error;

import io.grpc.Status;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every reason a request, a run or a message can be refused for. Codes are stable: clients may branch on them. The table
 * in docs/errors.md is made from this list.
 */
public enum ErrorReason {
    INVALID_ARGUMENT(
            "INVALID_ARGUMENT",
            Status.Code.INVALID_ARGUMENT,
            400,
            "A field of the request is not allowed; each violation names field, value and what is allowed."),
    INVALID_RUN_SPEC(
            "INVALID_RUN_SPEC",
            Status.Code.INVALID_ARGUMENT,
            400,
            "The run spec is refused; every violation is named at once, by its path in the spec."),
    RUN_NOT_FOUND(
            "RUN_NOT_FOUND",
            Status.Code.NOT_FOUND,
            404,
            "The service that was asked knows no such run, or not what was asked of it."),
    RUN_ENDED("RUN_ENDED", Status.Code.FAILED_PRECONDITION, 409, "The run has ended and cannot be cancelled."),
    REQUEST_ID_REUSED(
            "REQUEST_ID_REUSED", Status.Code.ALREADY_EXISTS, 409, "The request_id was used before with other content."),
    BUFFER_NOT_FOUND("BUFFER_NOT_FOUND", Status.Code.NOT_FOUND, 404, "There is no such buffer."),
    BUFFER_EXISTS("BUFFER_EXISTS", Status.Code.ALREADY_EXISTS, 409, "The name of the buffer is taken."),
    BUFFER_MEMORY_EXHAUSTED(
            "BUFFER_MEMORY_EXHAUSTED",
            Status.Code.RESOURCE_EXHAUSTED,
            429,
            "The buffer does not fit into the memory that is left in the buffer service."),
    BUFFER_LIMIT_REACHED(
            "BUFFER_LIMIT_REACHED",
            Status.Code.RESOURCE_EXHAUSTED,
            429,
            "The buffer service has as many buffers as it may have; delete one first."),
    BUFFER_TAKEN_OVER(
            "BUFFER_TAKEN_OVER",
            Status.Code.ABORTED,
            409,
            "Another session took the buffer over; this one must not go on with it."),
    BUFFER_VERSION_NOT_FOUND(
            "BUFFER_VERSION_NOT_FOUND",
            Status.Code.NOT_FOUND,
            404,
            "The buffer has no such version, or it is no longer kept; the versions that are kept are named."),
    BUFFER_VERSION_CORRUPT(
            "BUFFER_VERSION_CORRUPT",
            Status.Code.DATA_LOSS,
            500,
            "A version of a buffer cannot be read back as it was written; restore another one."),
    BUFFER_COMMIT_FAILED(
            "BUFFER_COMMIT_FAILED",
            Status.Code.INTERNAL,
            500,
            "A buffer cannot be made durable; look at space and permissions of the buffer folder."),
    SESSION_LIMIT_REACHED(
            "SESSION_LIMIT_REACHED",
            Status.Code.RESOURCE_EXHAUSTED,
            429,
            "The buffer service has as many sessions open as it may have; close one first."),
    MESSAGE_TOO_LARGE(
            "MESSAGE_TOO_LARGE",
            Status.Code.RESOURCE_EXHAUSTED,
            413,
            "A message is larger than the service accepts; split it, or raise the limit."),
    DATASET_UNAVAILABLE(
            "DATASET_UNAVAILABLE",
            Status.Code.FAILED_PRECONDITION,
            409,
            "The data set cannot be read: its folder or a file is missing or damaged."),
    DEVICE_UNAVAILABLE(
            "DEVICE_UNAVAILABLE",
            Status.Code.FAILED_PRECONDITION,
            409,
            "The device that the run asks for does not exist where it would run."),
    LOSS_NOT_FINITE(
            "LOSS_NOT_FINITE",
            Status.Code.ABORTED,
            409,
            "The loss of a run became infinite or not a number, most often because the learning rate is too high."),
    BUFFER_UNAVAILABLE(
            "BUFFER_UNAVAILABLE",
            Status.Code.UNAVAILABLE,
            503,
            "A run lost its replay memory, or got none, in every attempt: the buffer service cannot be reached or refuses."),
    ARTIFACT_WRITE_FAILED(
            "ARTIFACT_WRITE_FAILED",
            Status.Code.INTERNAL,
            500,
            "A frozen model cannot be made durable; look at space and permissions of the artifact folder."),
    ATTEMPTS_EXHAUSTED(
            "ATTEMPTS_EXHAUSTED", Status.Code.ABORTED, 409, "A run was lost with its trainer too many times."),
    ARTIFACT_NOT_FOUND("ARTIFACT_NOT_FOUND", Status.Code.NOT_FOUND, 404, "A frozen model is not where it should be."),
    ARTIFACT_CORRUPT(
            "ARTIFACT_CORRUPT",
            Status.Code.DATA_LOSS,
            500,
            "A frozen model is not what its digest says, or cannot be read."),
    MESSAGE_UNREADABLE(
            "MESSAGE_UNREADABLE",
            Status.Code.INVALID_ARGUMENT,
            400,
            "The payload of an event is not what its type says."),
    UNAVAILABLE(
            "UNAVAILABLE",
            Status.Code.UNAVAILABLE,
            503,
            "The service, or something it needs, is not there now; try again."),
    INTERNAL(
            "INTERNAL",
            Status.Code.INTERNAL,
            500,
            "A fault of the service; its log has the id that the message names.");

    private static final Map<String, ErrorReason> BY_CODE = Arrays.stream(values())
            // toMap refuses duplicates: two reasons with one code fail when the class loads.
            .collect(Collectors.toUnmodifiableMap(ErrorReason::code, Function.identity()));

    private final String code;
    private final Status.Code grpcCode;
    private final int httpStatus;
    private final String description;

    ErrorReason(String code, Status.Code grpcCode, int httpStatus, String description) {
        this.code = code;
        this.grpcCode = grpcCode;
        this.httpStatus = httpStatus;
        this.description = description;
    }

    /** The reason with a code, where there is one. */
    public static Optional<ErrorReason> ofCode(String code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    /** The stable text on the wire: {@code reason} of ErrorInfo and of problem details. */
    public String code() {
        return code;
    }

    /** The gRPC status it travels with. */
    public Status.Code grpcCode() {
        return grpcCode;
    }

    /** The HTTP status it travels with. */
    public int httpStatus() {
        return httpStatus;
    }

    /** What it means, for people. */
    public String description() {
        return description;
    }
}
