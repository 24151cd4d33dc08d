package io.engram.cli.command;

import io.engram.localstack.ServicePorts;
import io.engram.localstack.StackPorts;
import picocli.CommandLine.Option;

/** Where a stack listens. */
final class PortOptions {
    @Option(names = "--trainer-port", defaultValue = "9101", description = "gRPC of the trainer (${DEFAULT-VALUE}).")
    private int trainer;

    @Option(names = "--buffer-port", defaultValue = "9102", description = "gRPC of the buffer (${DEFAULT-VALUE}).")
    private int buffer;

    @Option(
            names = "--evaluator-port",
            defaultValue = "9103",
            description = "gRPC of the evaluator (${DEFAULT-VALUE}).")
    private int evaluator;

    @Option(
            names = "--trainer-http-port",
            defaultValue = "8101",
            description = "HTTP of the trainer (${DEFAULT-VALUE}).")
    private int trainerHttp;

    @Option(names = "--buffer-http-port", defaultValue = "8102", description = "HTTP of the buffer (${DEFAULT-VALUE}).")
    private int bufferHttp;

    @Option(
            names = "--evaluator-http-port",
            defaultValue = "8103",
            description = "HTTP of the evaluator, with the pages (${DEFAULT-VALUE}).")
    private int evaluatorHttp;

    @Option(names = "--kafka-port", defaultValue = "9092", description = "Kafka (${DEFAULT-VALUE}).")
    private int kafka;

    @Option(names = "--postgres-port", defaultValue = "5432", description = "PostgreSQL (${DEFAULT-VALUE}).")
    private int postgres;

    StackPorts ports() {
        return new StackPorts(
                kafka,
                postgres,
                new ServicePorts(trainer, trainerHttp),
                new ServicePorts(buffer, bufferHttp),
                new ServicePorts(evaluator, evaluatorHttp));
    }
}
