package io.engram.trainer;

import io.engram.localstack.ChildProcesses;
import io.engram.localstack.EngramHome;
import io.engram.localstack.LocalPostgres;
import io.engram.localstack.LoneService;
import io.engram.localstack.Service;
import io.engram.localstack.TestBackends;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The packaged trainer in a process of its own, and a client of it. */
final class TrainerProcess implements AutoCloseable {
    /** How long it may take to stop in good order, a busy machine included. */
    private static final Duration GRACE = Duration.ofSeconds(60);

    private final LoneService service;
    private final TrainerClient client;

    private TrainerProcess(LoneService service) {
        this.service = service;
        client = new TrainerClient(service.grpcPort());
    }

    /** What a trainer is started with. */
    static Map<String, String> environment(LocalPostgres postgres, Path artifacts) {
        Map<String, String> environment = new HashMap<>();
        environment.put("ENGRAM_DATABASE_URL", postgres.jdbcUrl());
        environment.put("ENGRAM_DATABASE_USER", postgres.user());
        environment.put("ENGRAM_DATABASE_PASSWORD", postgres.password());
        environment.put("ENGRAM_KAFKA_BOOTSTRAP", TestBackends.kafka().bootstrapServers());
        environment.put("ENGRAM_BUFFER_ADDRESS", TestBackends.buffer().orElseThrow());
        environment.put("ENGRAM_ARTIFACT_DIR", artifacts.toString());
        environment.put("ENGRAM_COMPUTE_THREADS", "1");
        environment.put("ENGRAM_TRAINER_POLL", "100ms");
        environment.put("ENGRAM_TRAINER_HEART_BEAT", "400ms");
        environment.put("ENGRAM_TRAINER_LEASE", "4s");
        environment.put("ENGRAM_TRAINER_RETRY_PAUSE", "100ms");
        environment.put("OMP_WAIT_POLICY", "PASSIVE");
        return environment;
    }

    /** Starts one without waiting for it. */
    static TrainerProcess start(ChildProcesses children, Map<String, String> environment, Path log) {
        return new TrainerProcess(LoneService.launch(children, EngramHome.find(), Service.TRAINER, environment, log));
    }

    TrainerProcess awaitReady() {
        service.awaitReady();
        return this;
    }

    TrainerClient client() {
        return client;
    }

    ProcessHandle handle() {
        return ProcessHandle.of(service.process().pid()).orElseThrow();
    }

    String log() {
        try {
            return Files.readString(service.process().log());
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    void requestStop() {
        service.requestStop();
    }

    /** @return its exit status */
    int awaitEnd() {
        return service.awaitEnd(GRACE);
    }

    /** Stops it in good order, where it still lives. */
    @Override
    public void close() {
        client.close();
        service.process().stop();
    }
}
