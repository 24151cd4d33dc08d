package io.engram.localstack;

/** Where a service listens: gRPC, and HTTP for health, metrics and pages. */
public record ServicePorts(int grpc, int http) {
    static ServicePorts free() {
        return new ServicePorts(FreePorts.next(), FreePorts.next());
    }
}
