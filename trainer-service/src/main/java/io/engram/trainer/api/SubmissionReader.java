package io.engram.trainer.api;

import com.google.protobuf.CodedOutputStream;
import io.engram.proto.error.FieldViolation;
import io.engram.proto.trainer.v1.CreateRunRequest;
import io.engram.proto.type.v1.RunSpec;
import io.engram.trainer.application.Submission;
import io.engram.trainer.spec.RunSpecReader;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** Reads CreateRun's request: what is not allowed is collected, not thrown. */
final class SubmissionReader {
    private static final int LONGEST_DISPLAY_NAME = 200;
    private static final Pattern REQUEST_ID = Pattern.compile("[a-zA-Z0-9_-]{0,64}");

    private SubmissionReader() {}

    static Submission read(CreateRunRequest request) {
        RunSpec message = request.getSpec();
        List<FieldViolation> violations = new ArrayList<>();
        if (!REQUEST_ID.matcher(request.getRequestId()).matches()) {
            violations.add(new FieldViolation(
                    "request_id", request.getRequestId(), "at most 64 of the characters a-z, A-Z, 0-9, - and _"));
        }
        checkDisplayName(message.getDisplayName(), violations);
        RunSpecReader spec = RunSpecReader.read(message);
        violations.addAll(spec.violations());
        return new Submission(
                request.getRequestId(), fingerprint(message), message.getDisplayName(), spec.spec(), violations);
    }

    private static void checkDisplayName(String name, List<FieldViolation> violations) {
        int length = name.codePointCount(0, name.length());
        if (length > LONGEST_DISPLAY_NAME) {
            violations.add(new FieldViolation(
                    "display_name", length + " characters", "at most " + LONGEST_DISPLAY_NAME + " characters"));
        } else if (name.codePoints().anyMatch(Character::isISOControl)) {
            violations.add(new FieldViolation("display_name", "a text with control characters", "a title on one line"));
        }
    }

    /** SHA-256 of the message, whatever order its maps travelled in. */
    private static String fingerprint(RunSpec message) {
        byte[] bytes = new byte[message.getSerializedSize()];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        try {
            message.writeTo(out);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (IOException | NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(
                    "an array takes what fits, and every Java platform has SHA-256", impossible);
        }
    }
}
