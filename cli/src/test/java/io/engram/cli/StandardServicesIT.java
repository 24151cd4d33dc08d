package io.engram.cli;

import static org.assertj.core.api.Assertions.assertThat;

import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.engram.localstack.Service;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What standard gRPC clients and probes ask every service. */
@Tag("end-to-end")
class StandardServicesIT {

    @ParameterizedTest
    @EnumSource(Service.class)
    void health_says_that_it_serves(Service service) {
        ManagedChannel channel = connect(service);
        try {
            HealthGrpc.HealthBlockingStub health = HealthGrpc.newBlockingStub(channel);

            assertThat(health.check(HealthCheckRequest.getDefaultInstance()).getStatus())
                    .isEqualTo(ServingStatus.SERVING);
            assertThat(health.check(HealthCheckRequest.newBuilder()
                                    .setService(name(service))
                                    .build())
                            .getStatus())
                    .isEqualTo(ServingStatus.SERVING);
        } finally {
            channel.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource(Service.class)
    void reflection_lists_and_describes_it(Service service) throws Exception {
        ManagedChannel channel = connect(service);
        try {
            ReflectedService reflected = new ReflectedService(channel);

            assertThat(reflected.services()).contains(name(service));
            assertThat(reflected.methods(name(service))).isNotEmpty();
        } finally {
            channel.shutdownNow();
        }
    }

    private static ManagedChannel connect(Service service) {
        return ManagedChannelBuilder.forTarget(SharedStack.get().stack().grpcAddress(service))
                .usePlaintext()
                .build();
    }

    /** For example {@code engram.trainer.v1.TrainerService}. */
    private static String name(Service service) {
        String label = service.label();
        return "engram." + label + ".v1." + Character.toUpperCase(label.charAt(0)) + label.substring(1) + "Service";
    }
}
