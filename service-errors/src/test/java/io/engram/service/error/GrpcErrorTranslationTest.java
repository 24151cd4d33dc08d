package io.engram.service.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.engram.proto.buffer.v1.BufferServiceGrpc;
import io.engram.proto.buffer.v1.CreateBufferRequest;
import io.engram.proto.buffer.v1.GetBufferRequest;
import io.engram.proto.error.ApiException;
import io.engram.proto.error.ErrorReason;
import io.engram.proto.error.Errors;
import io.engram.proto.evaluator.v1.EvaluatorServiceGrpc;
import io.engram.proto.evaluator.v1.GetAccuracyMatrixRequest;
import io.engram.proto.evaluator.v1.GetSummaryRequest;
import io.engram.proto.evaluator.v1.ListEvaluationsRequest;
import io.engram.proto.evaluator.v1.WatchEvaluationsRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.test.junit.QuarkusTest;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs on the JVM alone: it has a service of its own, which no executable has; {@code TrainerCallsTest} sees refusals
 * of both.
 */
@QuarkusTest
class GrpcErrorTranslationTest {
    @GrpcClient("buffers")
    BufferServiceGrpc.BufferServiceBlockingStub buffers;

    @GrpcClient("evaluations")
    EvaluatorServiceGrpc.EvaluatorServiceBlockingStub evaluations;

    @ParameterizedTest
    @ValueSource(strings = {"thrown", "observed", "wrapped"})
    void aRefusalReachesTheClientWithItsDetails(String how) {
        assertRefusal(statusOf(() -> buffers.getBuffer(named(how))));
    }

    @Test
    void aRefusalOfAUniOrAMultiReachesTheClientWithItsDetails() {
        assertRefusal(statusOf(() -> evaluations.getAccuracyMatrix(GetAccuracyMatrixRequest.getDefaultInstance())));
        assertRefusal(statusOf(() -> evaluations.listEvaluations(ListEvaluationsRequest.getDefaultInstance())));
        assertRefusal(statusOf(() -> evaluations
                .watchEvaluations(WatchEvaluationsRequest.getDefaultInstance())
                .next()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"illegal", "illegal-observed"})
    void aFaultShowsAnIdAndNothingElse(String how) {
        assertFault(statusOf(() -> buffers.getBuffer(named(how))));
    }

    @Test
    void aFaultOfAUniShowsAnIdAndNothingElse() {
        assertFault(statusOf(() -> evaluations.getSummary(GetSummaryRequest.getDefaultInstance())));
    }

    @Test
    void aStatusOfTheMethodItselfGoesOutAsItIs() {
        StatusRuntimeException status = statusOf(() -> buffers.getBuffer(named("status")));

        assertThat(status.getStatus().getCode()).isEqualTo(Status.Code.ABORTED);
        assertThat(status.getStatus().getDescription()).isEqualTo("as it is");
    }

    @Test
    void anOversizedMessageIsRefusedAndTheNextOneIsServed() {
        CreateBufferRequest oversized = CreateBufferRequest.newBuilder()
                .setBufferIdBytes(ByteString.copyFrom(new byte[70_000]))
                .build();

        ApiException refused = Errors.fromException(statusOf(() -> buffers.createBuffer(oversized)));

        assertThat(refused.reason()).isEqualTo(ErrorReason.MESSAGE_TOO_LARGE);
        assertThat(refused).hasMessageContaining("65536");
        assertThat(buffers.createBuffer(CreateBufferRequest.getDefaultInstance()))
                .isNotNull();
    }

    private static void assertRefusal(StatusRuntimeException status) {
        ApiException read = Errors.fromException(status);
        assertThat(status.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(read.reason()).isEqualTo(ErrorReason.BUFFER_NOT_FOUND);
        assertThat(read.violations()).isEqualTo(FailingBuffers.missing().violations());
    }

    private static void assertFault(StatusRuntimeException status) {
        ApiException read = Errors.fromException(status);
        assertThat(status.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
        assertThat(read.reason()).isEqualTo(ErrorReason.INTERNAL);
        assertThat(read.metadata()).containsKey("id");
        assertThat(read.getMessage()).contains(read.metadata().get("id")).doesNotContain("secret", "Exception");
        assertThat(String.valueOf(status.getTrailers())).doesNotContain("secret");
    }

    private static GetBufferRequest named(String name) {
        return GetBufferRequest.newBuilder().setName(name).build();
    }

    private static StatusRuntimeException statusOf(ThrowingCallable call) {
        return catchThrowableOfType(StatusRuntimeException.class, call);
    }
}
