package io.engram.localstack;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A running service, known to be ready by its health page. */
public final class ServiceProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final int TIMEOUT_MILLIS = 2000;

    private final ChildProcess process;
    private final URI health;

    private ServiceProcess(ChildProcess process, URI health) {
        this.process = process;
        this.health = health;
    }

    /**
     * Starts a service without waiting for it.
     *
     * @param health answers 200 when the service is ready
     * @param ephemeral whether nothing of it is kept, so that it may be killed
     */
    static ServiceProcess launch(
            ChildProcesses children,
            Service service,
            List<String> command,
            Map<String, String> environment,
            URI health,
            Path log,
            boolean ephemeral) {
        ChildCommand child = ChildCommand.of(service.label(), command, log)
                .withEnvironment(environment)
                .withStage(service == Service.BUFFER ? ChildCommand.BUFFER : ChildCommand.SERVICE)
                .stoppedBy(ephemeral ? StopSignal.KILL : StopSignal.TERM, STOP_LIMIT);
        return new ServiceProcess(children.start(child), health);
    }

    void awaitReady() {
        process.awaitReady(this::isReady, START_LIMIT);
    }

    private boolean isReady() {
        try {
            HttpURLConnection connection = (HttpURLConnection) health.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }

    public ChildProcess process() {
        return process;
    }

    @Override
    public void close() {
        process.stop();
    }
}
