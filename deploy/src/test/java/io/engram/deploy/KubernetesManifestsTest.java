package io.engram.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesManifestsTest {

    private static final Path KUBERNETES = Repository.ROOT.resolve("deploy/kubernetes");
    private static final Path BASE = KUBERNETES.resolve("base");

    @TestFactory
    Stream<DynamicTest> everyObjectKeepsToTheSchemaOfItsKind() {
        return Stream.of("base", "overlays/gpu")
                .flatMap(folder -> Kustomization.build(KUBERNETES.resolve(folder)).stream()
                        .map(object -> DynamicTest.dynamicTest(
                                folder + ": " + object.path("kind").asText() + " "
                                        + object.at("/metadata/name").asText(),
                                () -> assertThatCode(() -> KubernetesSchema.check(object))
                                        .doesNotThrowAnyException())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/spec",
                "/spec/template/spec",
                "/spec/template/spec/securityContext",
                "/spec/template/spec/containers/0",
                "/spec/template/spec/containers/0/readinessProbe/httpGet",
                "/spec/template/spec/containers/0/env/0",
                "/spec/template/spec/containers/0/volumeMounts/0",
                "/spec/template/spec/volumes/0/emptyDir"
            })
    void aMisspeltFieldIsRefusedAtAnyDepth(String place) {
        JsonNode deployment = workload(ServiceName.TRAINER);
        ((ObjectNode) deployment.at(place)).put("misspelt", true);

        assertThatThrownBy(() -> KubernetesSchema.check(deployment)).hasMessageContaining("misspelt");
    }

    @Test
    void aMissingFieldAndAWrongTypeAreRefused() {
        JsonNode withoutName = workload(ServiceName.TRAINER);
        ((ObjectNode) withoutName.at("/spec/template/spec/containers/0")).remove("name");
        JsonNode withText = workload(ServiceName.TRAINER);
        ((ObjectNode) withText.path("spec")).put("replicas", "two");

        assertThatThrownBy(() -> KubernetesSchema.check(withoutName)).hasMessageContaining("name");
        assertThatThrownBy(() -> KubernetesSchema.check(withText)).hasMessageContaining("two");
    }

    @Test
    void everyFileIsNamedByAKustomizationAndEveryNamedFileIsThere() {
        Set<Path> named = new TreeSet<>();
        for (Path file : Repository.files(KUBERNETES, Kustomization.FILE)) {
            Path folder = file.getParent();
            for (String reference : Kustomization.of(folder).references()) {
                Path path = folder.resolve(reference).normalize();
                assertThat(path).as("named by %s", file).exists();
                named.add(reference.endsWith(".yaml") ? path : path.resolve(Kustomization.FILE));
            }
        }
        List<Path> overlays = Repository.files(KUBERNETES.resolve("overlays"), Kustomization.FILE);

        assertThat(named).isNotEmpty();
        assertThat(Repository.files(KUBERNETES, ".yaml"))
                .allSatisfy(file -> assertThat(named.contains(file) || overlays.contains(file))
                        .as("%s is used", file)
                        .isTrue());
    }

    @ParameterizedTest
    @EnumSource(ServiceName.class)
    void everyPodPassesTheRestrictedPodSecurityStandardAndHasAReadOnlyRoot(ServiceName service) {
        JsonNode pod = workload(service).at("/spec/template/spec");
        JsonNode container = pod.at("/containers/0");

        assertThat(pod.path("containers")).hasSize(1);
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/runAsUser").asInt()).isEqualTo(ContainerFilesTest.UID);
        assertThat(pod.at("/securityContext/fsGroup").asInt()).isEqualTo(ContainerFilesTest.UID);
        assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                .isFalse();
        assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                .isTrue();
        assertThat(container.at("/securityContext/capabilities/drop").toString())
                .isEqualTo("[\"ALL\"]");
    }

    @ParameterizedTest
    @EnumSource(ServiceName.class)
    void everyContainerHasProbesBoundsAndAnImageThatComposeBuilds(ServiceName service) {
        JsonNode pod = workload(service).at("/spec/template/spec");
        JsonNode container = pod.at("/containers/0");

        assertThat(container.at("/startupProbe/httpGet/path").asText()).isEqualTo("/q/health/started");
        assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/q/health/ready");
        assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/q/health/live");
        for (String resource : List.of("cpu", "memory", "ephemeral-storage")) {
            assertThat(container.at("/resources/requests").has(resource)).isTrue();
            assertThat(container.at("/resources/limits").has(resource)).isTrue();
        }
        assertThat(pod.path("terminationGracePeriodSeconds").asInt()).isPositive();
        assertThat(container.path("image").asText())
                .isEqualTo(ComposeFileTest.service(service).path("image").asText());
    }

    @ParameterizedTest
    @EnumSource(ServiceName.class)
    void portsOfContainerAndServiceAreTheDocumentedOnes(ServiceName service) {
        JsonNode ports = workload(service).at("/spec/template/spec/containers/0/ports");
        JsonNode exposed = object("Service", "engram-" + service.lowerCase()).at("/spec/ports");

        assertThat(ports.toString())
                .isEqualTo("[{\"name\":\"grpc\",\"containerPort\":%d},{\"name\":\"http\",\"containerPort\":%d}]"
                        .formatted(service.grpcPort(), service.httpPort()));
        assertThat(exposed).hasSize(2).allSatisfy(port -> assertThat(port.path("targetPort"))
                .isEqualTo(port.path("name")));
        assertThat(exposed.at("/0/port").asInt()).isEqualTo(service.grpcPort());
        assertThat(exposed.at("/1/port").asInt()).isEqualTo(service.httpPort());
    }

    @ParameterizedTest
    @EnumSource(ServiceName.class)
    void everyReferenceOfAPodNamesSomethingThatIsThere(ServiceName service) {
        JsonNode pod = workload(service).at("/spec/template/spec");
        Set<String> volumes = new TreeSet<>(pod.path("volumes").findValuesAsText("name"));
        workload(service)
                .at("/spec/volumeClaimTemplates")
                .forEach(claim -> volumes.add(claim.at("/metadata/name").asText()));

        assertThat(pod.at("/containers/0/volumeMounts").findValuesAsText("name"))
                .containsExactlyInAnyOrderElementsOf(volumes);
        assertThat(pod.findValuesAsText("claimName")).allSatisfy(claim -> object("PersistentVolumeClaim", claim));
        object("ServiceAccount", pod.path("serviceAccountName").asText());
        pod.findValues("configMapRef").forEach(reference -> assertThat(
                        reference.path("name").asText())
                .isEqualTo(Kustomization.of(BASE).configMapGenerator().get(0).name()));
        pod.findValues("secretKeyRef")
                .forEach(
                        reference -> assertThat(reference.path("name").asText()).isEqualTo("engram-database"));
    }

    @Test
    void theTrainerFindsTheBufferByThePodsStableName() {
        JsonNode buffer = workload(ServiceName.BUFFER);
        String address = "%s-0.%s:%d"
                .formatted(
                        buffer.at("/metadata/name").asText(),
                        buffer.at("/spec/serviceName").asText(),
                        ServiceName.BUFFER.grpcPort());

        assertThat(object("Service", "engram-buffer").at("/spec/clusterIP").asText())
                .isEqualTo("None");
        assertThat(workload(ServiceName.TRAINER).at("/spec/template/spec/containers/0/env"))
                .anySatisfy(variable -> {
                    assertThat(variable.path("name").asText()).isEqualTo("ENGRAM_BUFFER_ADDRESS");
                    assertThat(variable.path("value").asText()).isEqualTo(address);
                });
    }

    @Test
    void theGpuOverlayGivesTheTrainerOneGpuAndItsImage() {
        JsonNode trainer = Kustomization.build(KUBERNETES.resolve("overlays/gpu")).stream()
                .filter(object -> object.at("/metadata/name").asText().equals("engram-trainer"))
                .filter(object -> object.path("kind").asText().equals("Deployment"))
                .findFirst()
                .orElseThrow();
        Kustomization.Image image =
                Kustomization.of(KUBERNETES.resolve("components/gpu")).images().get(0);

        assertThat(trainer.at("/spec/template/spec/containers/0/resources/limits/nvidia.com~1gpu")
                        .asText())
                .isEqualTo("1");
        assertThat(trainer.at("/spec/template/spec/containers/0/image").asText())
                .isEqualTo(image.name() + ":" + image.newTag().replace("-gpu", ""));
        assertThat(Repository.read(Repository.ROOT.resolve("deploy/container/trainer/gpu.Containerfile")))
                .contains("-t " + image.name() + ":" + image.newTag() + " .");
    }

    static JsonNode workload(ServiceName service) {
        return object(service == ServiceName.BUFFER ? "StatefulSet" : "Deployment", "engram-" + service.lowerCase());
    }

    private static JsonNode object(String kind, String name) {
        return Kustomization.build(BASE).stream()
                .filter(object -> object.path("kind").asText().equals(kind))
                .filter(object -> object.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
    }
}
