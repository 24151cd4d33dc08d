package io.engram.localstack;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * A service of the build without the rest of a stack, in a process of its own on free ports of the loopback address: for
 * tests that let it die. Safe for use by several threads.
 */
public final class LoneService implements AutoCloseable {
    private final ServicePorts ports;
    private final ServiceProcess service;

    private LoneService(ServicePorts ports, ServiceProcess service) {
        this.ports = ports;
        this.service = service;
    }

    /**
     * Starts it without waiting for it.
     *
     * @param environment what it needs beside its ports
     * @param log takes its output
     */
    public static LoneService launch(
            ChildProcesses children, EngramHome home, Service service, Map<String, String> environment, Path log) {
        ServicePorts ports = ServicePorts.free();
        ServiceCommands commands = ServiceCommands.underTest(home);
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(commands.environment());
        all.put("ENGRAM_GRPC_PORT", Integer.toString(ports.grpc()));
        all.put("ENGRAM_HTTP_PORT", Integer.toString(ports.http()));
        URI health = URI.create("http://" + StackOptions.LOOPBACK + ":" + ports.http() + "/q/health/ready");
        return new LoneService(
                ports, ServiceProcess.launch(children, service, commands.command(service), all, health, log, false));
    }

    /** Waits until it is ready. */
    public LoneService awaitReady() {
        service.awaitReady();
        return this;
    }

    public int grpcPort() {
        return ports.grpc();
    }

    /** Where its gRPC is, as {@code host:port}. */
    public String grpcAddress() {
        return StackOptions.LOOPBACK + ":" + ports.grpc();
    }

    public ChildProcess process() {
        return service.process();
    }

    /** Asks it to stop, as an operator's signal does. */
    public void requestStop() {
        process().requestStop();
    }

    /**
     * Waits until it has ended.
     *
     * @return its exit status
     * @throws LocalStackException where that takes too long; it has then been killed
     */
    public int awaitEnd(Duration limit) {
        return process().awaitEnd(limit);
    }

    /** Kills it. */
    @Override
    public void close() {
        process().kill();
    }
}
