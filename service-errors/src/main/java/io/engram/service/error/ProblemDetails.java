package io.engram.service.error;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.engram.proto.error.ApiException;
import io.engram.proto.error.FieldViolation;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;

/**
 * Problem details (RFC 9457) with the extension members {@code reason}, {@code violations} and {@code metadata}.
 *
 * @param type {@code about:blank} for problems of HTTP itself, {@code urn:engram:error:REASON} for ours
 * @param title what kind of problem it is
 * @param status the HTTP status
 * @param detail what happened here
 * @param reason a code of ErrorReason; absent for problems of HTTP itself
 * @param violations the refused fields
 * @param metadata further facts by name
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProblemDetails(
        String type,
        String title,
        int status,
        String detail,
        String reason,
        List<Violation> violations,
        Map<String, String> metadata) {
    /** The media type of problem details. */
    public static final String MEDIA_TYPE = "application/problem+json";

    static ProblemDetails of(ApiException exception) {
        return new ProblemDetails(
                "urn:engram:error:" + exception.reason().code(),
                exception.reason().description(),
                exception.reason().httpStatus(),
                exception.getMessage(),
                exception.reason().code(),
                exception.violations().stream().map(Violation::of).toList(),
                exception.metadata());
    }

    static ProblemDetails ofHttp(int status, String title, String detail) {
        return new ProblemDetails("about:blank", title, status, detail, "", List.of(), Map.of());
    }

    /** A refused field, its value, and what is allowed. */
    @RegisterForReflection
    public record Violation(String field, String value, String allowed) {
        static Violation of(FieldViolation violation) {
            return new Violation(violation.field(), violation.value(), violation.allowed());
        }
    }
}
