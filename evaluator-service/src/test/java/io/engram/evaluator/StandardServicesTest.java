package io.engram.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.grpc.Channel;
import io.grpc.reflection.v1.MutinyServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What standard gRPC clients and probes ask. */
@QuarkusTest
class StandardServicesTest extends ServiceTest {
    private static final String NAME = "engram.evaluator.v1.EvaluatorService";

    @GrpcClient("evaluator")
    Channel channel;

    @Test
    void healthSaysServing() {
        HealthGrpc.HealthBlockingStub health = HealthGrpc.newBlockingStub(channel);

        assertThat(health.check(HealthCheckRequest.getDefaultInstance()).getStatus())
                .isEqualTo(ServingStatus.SERVING);
        assertThat(health.check(HealthCheckRequest.newBuilder().setService(NAME).build())
                        .getStatus())
                .isEqualTo(ServingStatus.SERVING);
    }

    @Test
    void reflectionListsAndDescribesTheService() {
        ServerReflectionResponse listed =
                ask(ServerReflectionRequest.newBuilder().setListServices("*"));
        assertThat(listed.getListServicesResponse().getServiceList())
                .extracting(ServiceResponse::getName)
                .contains(NAME);

        ServerReflectionResponse described =
                ask(ServerReflectionRequest.newBuilder().setFileContainingSymbol(NAME));
        assertThat(described.getFileDescriptorResponse().getFileDescriptorProtoCount())
                .isPositive();
    }

    private ServerReflectionResponse ask(ServerReflectionRequest.Builder request) {
        return MutinyServerReflectionGrpc.newMutinyStub(channel)
                .serverReflectionInfo(Multi.createFrom().item(request.build()))
                .collect()
                .first()
                .await()
                .atMost(Duration.ofSeconds(20));
    }
}
