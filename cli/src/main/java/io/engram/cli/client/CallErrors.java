package io.engram.cli.client;

import io.engram.proto.error.ApiException;
import io.engram.proto.error.Errors;
import io.engram.proto.error.FieldViolation;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;

/** What a failed call means for people. */
public final class CallErrors {
    private CallErrors() {}

    /** One line, or one for each refused field below a line that says how many. */
    public static String describe(StatusRuntimeException exception, Addresses addresses) {
        if (exception.getStatus().getCode() == Status.Code.UNAVAILABLE) {
            return noAnswer(addresses) + ": " + cause(exception)
                    + ". Start them with `engram up`, or say where they are with --trainer and --evaluator.";
        }
        if (exception.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED) {
            return noAnswer(addresses) + " within " + EngramClient.CALL_SECONDS
                    + " seconds. What was asked for may still be done: `engram runs` shows it.";
        }
        ApiException error = Errors.fromException(exception);
        List<FieldViolation> violations = error.violations();
        if (violations.isEmpty()) {
            return error.getMessage() + " (" + error.reason().code() + ")";
        }
        int leftOut = error.violationsLeftOut();
        int count = violations.size() + leftOut;
        StringBuilder text = new StringBuilder(count == 1 ? "Refused:" : count + " fields are refused:");
        violations.forEach(violation -> text.append("\n  ").append(violation));
        if (leftOut > 0) {
            text.append("\n  and ").append(leftOut).append(" more");
        }
        return text.toString();
    }

    private static String noAnswer(Addresses addresses) {
        return "No answer from the services (trainer " + addresses.trainer() + ", evaluator " + addresses.evaluator()
                + ")";
    }

    private static String cause(StatusRuntimeException exception) {
        Throwable cause = exception.getCause();
        if (cause != null && cause.getMessage() != null) {
            return cause.getMessage();
        }
        String description = exception.getStatus().getDescription();
        return description == null ? "unavailable" : description;
    }
}
