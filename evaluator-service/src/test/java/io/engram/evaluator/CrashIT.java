package io.engram.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.engram.evaluator.application.EvaluateTask;
import io.engram.learning.artifact.ArtifactReference;
import io.engram.localstack.EngramHome;
import io.engram.localstack.LocalPostgres;
import io.engram.localstack.Service;
import io.engram.localstack.ServiceCommands;
import io.engram.localstack.TestBackends;
import io.engram.proto.event.v1.TaskCompleted;
import io.engram.proto.type.v1.Artifact;
import io.engram.service.outbox.OutboxRelay;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service in processes of its own, which die at the worst moments. */
@Tag("end-to-end")
class CrashIT {
    private static final Duration DEADLINE = Duration.ofSeconds(90);
    private static final String RUN = "crashes";
    private static final int KILLED = 137;

    private final List<Process> processes = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    @AfterEach
    void endProcesses() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void whateverStepItDiesAtEachTaskIsEvaluatedOnceAndToldOf() throws Exception {
        Topics.send(completed(0));
        assertThat(endOf(start(EvaluateTask.STORED, freePort()))).isEqualTo(KILLED);
        Topics.send(completed(1));
        assertThat(endOf(start(OutboxRelay.PUBLISHED, freePort()))).isEqualTo(KILLED);

        int port = freePort();
        Process survivor = start("nowhere", port);

        await().atMost(DEADLINE).until(() -> evaluations(port), body -> body.contains("\"taskIndex\":1,\"taskCount\""));
        await().atMost(DEADLINE).until(() -> toldOf().containsAll(List.of(id(0), id(1))));
        assertThat(evaluations(port).split("\"evaluateTime\"", -1))
                .as("two evaluations")
                .hasSize(3);
        survivor.destroy();
        assertThat(survivor.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    private Process start(String haltAt, int httpPort) throws IOException {
        LocalPostgres postgres = TestBackends.postgres();
        ServiceCommands commands = ServiceCommands.underTest(EngramHome.find());
        ProcessBuilder builder = new ProcessBuilder(commands.command(Service.EVALUATOR));
        builder.environment().putAll(commands.environment());
        builder.environment()
                .putAll(Map.of(
                        "ENGRAM_HTTP_PORT", Integer.toString(httpPort),
                        "ENGRAM_GRPC_PORT", Integer.toString(freePort()),
                        "ENGRAM_DATABASE_URL", postgres.jdbcUrl(),
                        "ENGRAM_DATABASE_USER", postgres.user(),
                        "ENGRAM_DATABASE_PASSWORD", postgres.password(),
                        "ENGRAM_KAFKA_BOOTSTRAP", TestBackends.kafka().bootstrapServers(),
                        "ENGRAM_KAFKA_PARTITIONS", "1",
                        "ENGRAM_ARTIFACT_DIR", folder.resolve("artifacts").toString(),
                        "ENGRAM_FAULT_HALT_AT", haltAt));
        builder.redirectErrorStream(true)
                .redirectOutput(
                        folder.resolve("evaluator-" + processes.size() + ".log").toFile());
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private static int endOf(Process process) throws InterruptedException {
        assertThat(process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private TaskCompleted completed(int task) {
        ArtifactReference artifact =
                TrainedModels.write(TrainedModels.DIGITS, folder.resolve("artifacts"), RUN, 1, task);
        return TaskCompleted.newBuilder()
                .setRun("runs/" + RUN)
                .setAttempt(1)
                .setTaskIndex(task)
                .setTaskCount(3)
                .setArtifact(Artifact.newBuilder()
                        .setUri(artifact.uri())
                        .setSizeBytes(artifact.sizeBytes())
                        .setSha256(artifact.sha256()))
                .build();
    }

    private String evaluations(int port) throws InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + port + "/api/v1/runs/" + RUN + "/evaluations");
        try {
            return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException notYet) {
            return "";
        }
    }

    private static List<String> toldOf() {
        List<ConsumerRecord<String, byte[]>> results = Topics.received("engram.task.evaluated.v1", "runs/" + RUN);
        return results.stream().map(result -> Topics.header(result, "ce_id")).toList();
    }

    private static String id(int task) {
        return RUN + "/1/tasks/" + task + "/evaluated";
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
