package io.engram.buffer;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.engram.proto.buffer.v1.Sample;
import io.grpc.reflection.v1.MutinyServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import java.time.Duration;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;

/** What operators and standard clients ask. */
@QuarkusTest
class OperationsTest extends AgainstTheService {
    @Test
    void grpcHealthSaysServing() {
        var health = HealthGrpc.newBlockingStub(server.channel());

        assertThat(health.check(HealthCheckRequest.getDefaultInstance()).getStatus())
                .isEqualTo(ServingStatus.SERVING);
        assertThat(health.check(HealthCheckRequest.newBuilder()
                                .setService("engram.buffer.v1.BufferService")
                                .build())
                        .getStatus())
                .isEqualTo(ServingStatus.SERVING);
    }

    @Test
    void reflectionListsAndDescribesTheService() {
        var listed = reflect(ServerReflectionRequest.newBuilder().setListServices("*"));
        assertThat(listed.getListServicesResponse().getServiceList())
                .extracting(ServiceResponse::getName)
                .contains("engram.buffer.v1.BufferService");

        var described =
                reflect(ServerReflectionRequest.newBuilder().setFileContainingSymbol("engram.buffer.v1.BufferService"));
        assertThat(described.getFileDescriptorResponse().getFileDescriptorProtoCount())
                .isPositive();
    }

    @Test
    void httpHealthIsUpWithTheNumbers() {
        server.create(1000, 1);

        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("status", Matchers.equalTo("UP"))
                .body("checks.find { it.name == 'buffers' }.data.buffers", Matchers.equalTo(1))
                // 8 bytes and 36 of overhead a sample, see replay's BufferSettings.
                .body("checks.find { it.name == 'buffers' }.data.reserved_bytes", Matchers.equalTo(44_000));
        given().get("/q/health/live").then().statusCode(200).body("status", Matchers.equalTo("UP"));
    }

    @Test
    void metricsCountWhatWentThrough() {
        double inserted = Metrics.value("engram_buffer_inserted_samples_total");
        double drawn = Metrics.value("engram_buffer_drawn_samples_total");
        double refused = Metrics.value("engram_buffer_refused_total");
        SessionClient session = SessionClient.open(server, server.create(10, 1).getName());
        session.exchange(
                SessionClient.inserting(0, 7).setSample(Sample.newBuilder().setCount(3)));
        session.exchange(SessionClient.sampling(0));

        assertThat(Metrics.value("engram_buffer_inserted_samples_total")).isEqualTo(inserted + 7);
        assertThat(Metrics.value("engram_buffer_drawn_samples_total")).isEqualTo(drawn + 3);
        assertThat(Metrics.value("engram_buffer_refused_total")).isEqualTo(refused + 1);
        assertThat(Metrics.value("engram_buffer_buffers")).isEqualTo(1);
        assertThat(Metrics.value("engram_buffer_sessions")).isEqualTo(1);
        assertThat(Metrics.value("engram_buffer_held_bytes")).isEqualTo(7 * 44);
        assertThat(Metrics.value("engram_buffer_reserved_bytes")).isEqualTo(10 * 44);
    }

    private ServerReflectionResponse reflect(ServerReflectionRequest.Builder request) {
        return MutinyServerReflectionGrpc.newMutinyStub(server.channel())
                .serverReflectionInfo(Multi.createFrom().item(request.build()))
                .collect()
                .first()
                .await()
                .atMost(Duration.ofSeconds(20));
    }
}
