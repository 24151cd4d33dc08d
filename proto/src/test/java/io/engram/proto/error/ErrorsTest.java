package io.engram.proto.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ErrorsTest {
    @Test
    void aStatusCarriesCodeReasonAndEveryViolation() throws Exception {
        ApiException refused = ApiException.invalid(
                        ErrorReason.INVALID_RUN_SPEC,
                        List.of(
                                new FieldViolation("method.name", "fintune", "finetune, joint, er"),
                                new FieldViolation("training.epochs", "0", "1 to 10000")))
                .with("run", "r1");

        com.google.rpc.Status status = Errors.toStatus(refused);

        assertThat(status.getCode()).isEqualTo(3); // INVALID_ARGUMENT in google.rpc.Code
        assertThat(status.getDetails(0).unpack(ErrorInfo.class))
                .isEqualTo(ErrorInfo.newBuilder()
                        .setDomain("engram")
                        .setReason("INVALID_RUN_SPEC")
                        .putMetadata("run", "r1")
                        .build());
        assertThat(status.getDetails(1).unpack(BadRequest.class).getFieldViolationsList())
                .extracting(BadRequest.FieldViolation::getField, BadRequest.FieldViolation::getDescription)
                .containsExactly(
                        tuple("method.name", "was fintune; allowed: finetune, joint, er"),
                        tuple("training.epochs", "was 0; allowed: 1 to 10000"));
    }

    @Test
    void clientsReadBackWhatServicesThrew() {
        for (ErrorReason reason : ErrorReason.values()) {
            ApiException thrown =
                    ApiException.invalid(reason, "field", "value", "allowed").with("key", "text");

            ApiException read = Errors.fromException(Errors.toStatusException(thrown));

            assertThat(read.reason()).isEqualTo(reason);
            assertThat(read).hasMessage(thrown.getMessage());
            assertThat(read.violations()).isEqualTo(thrown.violations());
            assertThat(read.metadata()).isEqualTo(Map.of("key", "text"));
        }
    }

    @Test
    void aPlainStatusIsReadByItsCode() {
        assertThat(plain(Status.UNAVAILABLE.withDescription("io exception")))
                .isEqualTo(List.of(ErrorReason.UNAVAILABLE, "io exception"));
        assertThat(plain(Status.RESOURCE_EXHAUSTED.withDescription("gRPC message exceeds maximum size")))
                .isEqualTo(List.of(ErrorReason.MESSAGE_TOO_LARGE, "gRPC message exceeds maximum size"));
        assertThat(plain(Status.INVALID_ARGUMENT))
                .isEqualTo(List.of(ErrorReason.INVALID_ARGUMENT, ErrorReason.INVALID_ARGUMENT.description()));
        assertThat(plain(Status.UNIMPLEMENTED.withDescription("Method not found")))
                .isEqualTo(List.of(ErrorReason.INTERNAL, "Method not found"));
    }

    @Test
    void detailsOfOthersDoNotHideCodeAndMessage() {
        com.google.rpc.Status status = com.google.rpc.Status.newBuilder()
                .setCode(14)
                .setMessage("try later")
                .addDetails(Any.newBuilder()
                        .setTypeUrl("type.googleapis.com/google.rpc.ErrorInfo")
                        .setValue(ByteString.copyFrom(new byte[] {(byte) 0xff})))
                .build();

        ApiException read = Errors.fromStatus(status);

        assertThat(read.reason()).isEqualTo(ErrorReason.UNAVAILABLE);
        assertThat(read).hasMessage("try later");
    }

    @Test
    void aThousandViolationsFitIntoTheHeadersOfAResponse() {
        List<FieldViolation> violations = new ArrayList<>();
        for (int index = 0; index < 1000; index++) {
            violations.add(new FieldViolation("field." + index, "x".repeat(5000), "less"));
        }

        com.google.rpc.Status status = Errors.toStatus(ApiException.invalid(ErrorReason.INVALID_RUN_SPEC, violations));
        ApiException read = Errors.fromStatus(status);

        assertThat(status.getSerializedSize()).isLessThan(5000);
        assertThat(read.violations()).isNotEmpty();
        assertThat(Integer.parseInt(read.metadata().get("violations_left_out"))
                        + read.violations().size())
                .isEqualTo(1000);
    }

    @Test
    void violationsBeyondAHundredAreCounted() {
        List<FieldViolation> violations = new ArrayList<>();
        for (int index = 0; index < 250; index++) {
            violations.add(new FieldViolation("f", "1", "0"));
        }

        ApiException refused = ApiException.invalid(ErrorReason.INVALID_RUN_SPEC, violations);
        ApiException read = Errors.fromStatus(Errors.toStatus(refused));

        assertThat(refused.violations()).hasSize(100);
        assertThat(refused.violationsLeftOut()).isEqualTo(150);
        assertThat(refused).hasMessageStartingWith("250 fields are refused: ");
        assertThat(read.violations()).hasSize(100);
        assertThat(read.violationsLeftOut()).isEqualTo(150);
    }

    private static List<Object> plain(Status status) {
        ApiException read = Errors.fromException(new StatusRuntimeException(status));
        return List.of(read.reason(), read.getMessage());
    }
}
