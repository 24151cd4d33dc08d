package io.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.engram.cli.spec.RunSpecYaml;
import io.engram.localstack.Service;
import io.engram.proto.error.ApiException;
import io.engram.proto.error.ErrorReason;
import io.engram.proto.error.Errors;
import io.engram.proto.evaluator.v1.EvaluatorServiceGrpc;
import io.engram.proto.evaluator.v1.GetAccuracyMatrixRequest;
import io.engram.proto.trainer.v1.CreateRunRequest;
import io.engram.proto.trainer.v1.GetRunRequest;
import io.engram.proto.trainer.v1.TrainerServiceGrpc;
import io.engram.proto.type.v1.RunSpec;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.okhttp.OkHttpChannelBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is refused is told in the same words on every face. */
@Tag("end-to-end")
class RefusalsIT {
    private static final int MEBIBYTE = 1024 * 1024;

    private final SharedStack stack = SharedStack.get();
    private final ManagedChannel trainer = channel(Service.TRAINER);
    private final ManagedChannel evaluator = channel(Service.EVALUATOR);

    @TempDir
    private Path folder;

    private ManagedChannel channel(Service service) {
        return OkHttpChannelBuilder.forTarget(stack.stack().grpcAddress(service))
                .usePlaintext()
                .build();
    }

    @AfterEach
    void close() {
        trainer.shutdownNow();
        evaluator.shutdownNow();
    }

    /** A spec that is refused, and what is said of it: field, value and what is allowed. */
    private enum Refused {
        MISSPELT_METHOD(
                "digits", "{}", "err", "0.1", "method.name: was \"err\"; allowed: one of .*; did you mean er\\?"),
        MISSPELT_DATASET(
                "digit",
                "{}",
                "er",
                "0.1",
                "scenario.dataset: was \"digit\"; allowed: one of .*did you mean digits\\?"),
        NO_TASKS("digits", "{tasks: 0}", "er", "0.1", "scenario.class_incremental.tasks: was 0; allowed: 1 to 10 .*"),
        TOO_MANY_CLASSES(
                "digits",
                "{classes_per_task: 11}",
                "er",
                "0.1",
                "scenario.class_incremental.classes_per_task: was 11; allowed: 1 to 10 .*10 classes.*"),
        NEGATIVE_LEARNING_RATE(
                "digits", "{}", "er", "-0.1", "optimizer.settings.learning_rate: was -0.1; allowed: greater than 0.*"),
        NO_DATA_FOLDER(
                "fashion-mnist",
                "{}",
                "er",
                "0.1",
                "scenario.dataset: was \"fashion-mnist\"; allowed: a data set that can be read; .*no folder"
                        + " fashion-mnist.*--data-dir.*"),
        TRUNCATED_FILE(
                "mnist",
                "{}",
                "er",
                "0.1",
                "scenario.dataset: was \"mnist\"; allowed: .*train-images-idx3-ubyte is truncated: expected 47040000"
                        + " values after its header, found 78400.*");

        private final String yaml;
        private final String expected;

        Refused(String dataset, String split, String method, String learningRate, String expected) {
            this.yaml = """
                    scenario: {dataset: %s, class_incremental: %s}
                    method: {name: %s}
                    optimizer: {name: sgd, settings: {learning_rate: %s}}
                    """.formatted(dataset, split, method, learningRate);
            this.expected = expected;
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_refused_spec_is_told_in_the_same_words_over_gRPC_and_by_the_command(Refused refused) throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("spec.yaml"), refused.yaml);

        // When
        ApiException overGrpc = refusal(() -> create(RunSpecYaml.read(file)));
        Answer command = stack.engram("run", file.toString());

        // Then
        assertThat(overGrpc.reason()).isEqualTo(ErrorReason.INVALID_RUN_SPEC);
        assertThat(overGrpc.violations()).hasSize(1);
        String said = overGrpc.violations().get(0).toString();
        assertThat(said).matches(refused.expected);
        assertThat(command.status()).isEqualTo(1);
        assertThat(command.err().lines()).containsExactly("engram: Refused:", "  " + said);
    }

    @Test
    void an_unknown_run_is_told_on_every_face() throws Exception {
        String overGrpc = refusal(
                () -> TrainerServiceGrpc.newBlockingStub(trainer)
                        .getRun(GetRunRequest.newBuilder()
                                .setName("runs/nobody")
                                .build()),
                ErrorReason.RUN_NOT_FOUND);
        String ofResults = refusal(
                () -> EvaluatorServiceGrpc.newBlockingStub(evaluator)
                        .getAccuracyMatrix(GetAccuracyMatrixRequest.newBuilder()
                                .setRun("runs/nobody")
                                .build()),
                ErrorReason.RUN_NOT_FOUND);

        assertThat(overGrpc).contains("runs/nobody", "allowed: ");
        assertThat(ofResults).contains("runs/nobody", "allowed: ");
        for (String command : new String[] {"show", "results", "watch", "cancel"}) {
            Answer answer = stack.engram(command, "nobody");
            assertThat(answer.status()).as(command).isEqualTo(1);
            assertThat(answer.err().lines()).as(command).contains("engram: " + overGrpc + " (RUN_NOT_FOUND)");
        }
        HttpResponse<String> overHttp = get("api/v1/runs/nobody/accuracy-matrix");
        assertThat(overHttp.statusCode()).isEqualTo(404);
        assertThat(overHttp.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(overHttp.body()).contains("\"reason\":\"RUN_NOT_FOUND\"", ofResults);
    }

    @Test
    void a_spec_that_is_too_large_is_refused_by_the_command_and_by_the_service() throws IOException {
        String title = "x".repeat(MEBIBYTE);
        Path file = Files.writeString(folder.resolve("spec.yaml"), "display_name: " + title + "\n");

        Answer command = stack.engram("run", file.toString());
        String overGrpc = refusal(
                () -> create(RunSpec.newBuilder().setDisplayName(title).build()), ErrorReason.MESSAGE_TOO_LARGE);

        assertThat(command.status()).isEqualTo(2);
        assertThat(command.err())
                .contains(file + ": the file has " + Files.size(file) + " bytes; allowed: at most 1048576");
        assertThat(overGrpc).contains("1048576");
    }

    private void create(RunSpec spec) {
        TrainerServiceGrpc.newBlockingStub(trainer)
                .createRun(CreateRunRequest.newBuilder().setSpec(spec).build());
    }

    private HttpResponse<String> get(String path) throws Exception {
        URI page = stack.stack().page(Service.EVALUATOR).resolve(path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String refusal(ThrowingCallable call, ErrorReason reason) {
        ApiException refused = refusal(call);
        assertThat(refused.reason()).isEqualTo(reason);
        return refused.getMessage();
    }

    private static ApiException refusal(ThrowingCallable call) {
        StatusRuntimeException refused = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(refused).as("a refusal").isNotNull();
        return Errors.fromException(refused);
    }
}
