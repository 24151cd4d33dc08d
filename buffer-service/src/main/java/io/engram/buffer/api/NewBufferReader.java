package io.engram.buffer.api;

import io.engram.buffer.application.BufferLimits;
import io.engram.buffer.application.NewBuffer;
import io.engram.proto.buffer.v1.CreateBufferRequest;
import io.engram.proto.error.ApiException;
import io.engram.proto.error.ErrorReason;
import io.engram.proto.error.FieldViolation;
import io.engram.proto.name.BufferName;
import io.engram.proto.name.ResourceId;
import io.engram.replay.BufferSettings;
import io.engram.replay.InvalidValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads CreateBufferRequests: everything that is not allowed is named at once. */
final class NewBufferReader {
    private static final String DEFAULT_INSERTION_POLICY = "reservoir";
    private static final String DEFAULT_SAMPLING_POLICY = "uniform";
    private static final Pattern REQUEST_ID = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

    private final BufferLimits limits;

    NewBufferReader(BufferLimits limits) {
        this.limits = limits;
    }

    /** @throws ApiException INVALID_ARGUMENT with every violation */
    NewBuffer read(CreateBufferRequest request) {
        List<FieldViolation> violations = new ArrayList<>();
        Optional<String> id = given(request.getBufferId());
        Optional<String> requestId = given(request.getRequestId());
        id.filter(given -> !ResourceId.isValid(given))
                .ifPresent(wrong -> violations.add(
                        new FieldViolation("buffer_id", wrong, ResourceId.ALLOWED + ", or empty for a new one")));
        requestId
                .filter(given -> !REQUEST_ID.matcher(given).matches())
                .ifPresent(wrong -> violations.add(new FieldViolation(
                        "request_id", wrong, "at most 64 of the characters a-z, A-Z, 0-9, - and _, or empty")));
        Optional<BufferSettings> settings = settings(request.getSettings(), violations);
        if (!violations.isEmpty()) {
            throw ApiException.invalid(ErrorReason.INVALID_ARGUMENT, violations);
        }
        return new NewBuffer(id.map(BufferName::new), settings.orElseThrow(), requestId);
    }

    private Optional<BufferSettings> settings(
            io.engram.proto.buffer.v1.BufferSettings asked, List<FieldViolation> violations) {
        if (asked.getItemBytes() > limits.maxItemBytes() && asked.getItemBytes() <= BufferSettings.MAX_ITEM_BYTES) {
            violations.add(new FieldViolation(
                    "settings.item_bytes",
                    Integer.toString(asked.getItemBytes()),
                    "1 to " + limits.maxItemBytes() + ", so that a sample fits into a message of at most "
                            + limits.maxMessageBytes() + " bytes"));
        }
        try {
            return Optional.of(new BufferSettings(
                    asked.getCapacity(),
                    asked.getItemBytes(),
                    given(asked.getInsertionPolicy()).orElse(DEFAULT_INSERTION_POLICY),
                    given(asked.getSamplingPolicy()).orElse(DEFAULT_SAMPLING_POLICY),
                    asked.getSeed()));
        } catch (InvalidValueException refused) {
            refused.violations()
                    .forEach(violation -> violations.add(new FieldViolation(
                            "settings." + violation.field(), violation.value(), violation.allowed())));
            return Optional.empty();
        }
    }

    private static Optional<String> given(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
