package io.engram.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesManifestsTest {

    private static final Path KUBERNETES = Repository.ROOT.resolve("deploy/kubernetes");
    private static final Path BASE = KUBERNETES.resolve("base");

    /** What somebody applies as it stands. */
    static Stream<String> builds() {
        return Stream.concat(
                Stream.of("base"),
                Stream.of("overlays", "examples")
                        .flatMap(group -> Repository.files(KUBERNETES.resolve(group), Kustomization.FILE).stream())
                        .map(file -> KUBERNETES.relativize(file.getParent()).toString()));
    }

    @TestFactory
    Stream<DynamicTest> everyObjectKeepsToTheSchemaOfItsKind() {
        return builds().flatMap(folder -> Kustomization.build(KUBERNETES.resolve(folder)).stream()
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
        List<Path> roots = builds().map(folder -> KUBERNETES.resolve(folder).resolve(Kustomization.FILE))
                .toList();

        assertThat(named).isNotEmpty();
        assertThat(Repository.files(KUBERNETES, ".yaml"))
                .allSatisfy(file -> assertThat(named.contains(file) || roots.contains(file))
                        .as("%s is used", file)
                        .isTrue());
    }

    @ParameterizedTest
    @MethodSource("pods")
    void everyPodPassesTheRestrictedPodSecurityStandardAndHasAReadOnlyRoot(JsonNode pod) {
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/runAsUser").asInt()).isEqualTo(ContainerFilesTest.UID);
        assertThat(pod.at("/securityContext/fsGroup").asInt()).isEqualTo(ContainerFilesTest.UID);
        assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(pod.path("containers")).hasSize(1);
        assertThat(containers(pod)).allSatisfy(container -> {
            JsonNode context = container.path("securityContext");
            assertThat(context.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
            assertThat(context.path("readOnlyRootFilesystem").asBoolean()).isTrue();
            assertThat(context.at("/capabilities/drop").toString()).isEqualTo("[\"ALL\"]");
        });
    }

    @ParameterizedTest
    @MethodSource("pods")
    void everyContainerSaysWhatItNeedsAndWhatItMayTake(JsonNode pod) {
        for (JsonNode container : containers(pod)) {
            for (String resource : List.of("cpu", "memory", "ephemeral-storage")) {
                assertThat(container.at("/resources/requests").has(resource)).isTrue();
                assertThat(container.at("/resources/limits").has(resource)).isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ServiceName.class)
    void everyContainerHasProbesAndAnImageThatComposeBuilds(ServiceName service) {
        JsonNode pod = workload(service).at("/spec/template/spec");
        JsonNode container = pod.at("/containers/0");

        assertThat(container.at("/startupProbe/httpGet/path").asText()).isEqualTo("/q/health/started");
        assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/q/health/ready");
        assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/q/health/live");
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
        assertThat(containers(trainer.at("/spec/template/spec")))
                .allSatisfy(container ->
                        assertThat(container.path("image").asText()).isEqualTo(image.name() + ":" + image.newTag()));
        assertThat(Repository.read(Repository.ROOT.resolve("deploy/container/trainer/gpu.Containerfile")))
                .contains("-t " + image.name() + ":" + image.newTag() + " .");
    }

    @ParameterizedTest
    @ValueSource(strings = {"trainer", "evaluator"})
    void migrationsAreAnInitStepOfTheSameImageWithTheSameSettings(String service) {
        JsonNode pod = workload(ServiceName.valueOf(service.toUpperCase(java.util.Locale.ROOT)))
                .at("/spec/template/spec");
        JsonNode step = pod.at("/initContainers/0");
        JsonNode container = pod.at("/containers/0");

        assertThat(pod.path("initContainers")).hasSize(1);
        assertThat(step.path("image")).isEqualTo(container.path("image"));
        assertThat(step.path("envFrom")).isEqualTo(container.path("envFrom"));
        assertThat(variable(step, "QUARKUS_INIT_AND_EXIT")).isEqualTo("true");
        assertThat(variable(container, "QUARKUS_FLYWAY_MIGRATE_AT_START")).isEqualTo("false");
        assertThat(container.path("env")).containsAll(step.path("env").findParents("valueFrom"));
    }

    /** Seconds: until the endpoints forgot the pod, and the longest that the service waits for what is under way. */
    @ParameterizedTest
    @CsvSource({
        "TRAINER, trainer-service/src/main/java/io/engram/trainer/application/Worker.java, STOP_LIMIT = Duration.ofSeconds\\((\\d+)\\)",
        "EVALUATOR, evaluator-service/src/main/java/io/engram/evaluator/config/EvaluatorConfig.java, \"(\\d+)s\"\\)\\s+Duration stopWait",
    })
    void theGracePeriodIsLongerThanTheServiceNeedsToStop(ServiceName service, Path source, Pattern wait) {
        JsonNode pod = workload(service).at("/spec/template/spec");
        int untilForgotten =
                pod.at("/containers/0/lifecycle/preStop/sleep/seconds").asInt();
        Matcher stop = wait.matcher(Repository.read(Repository.ROOT.resolve(source)));
        Matcher relay = Pattern.compile("STOP_LIMIT = Duration.ofSeconds\\((\\d+)\\)")
                .matcher(Repository.read(Repository.ROOT.resolve(
                        "service-common/src/main/java/io/engram/service/outbox/OutboxRelay.java")));

        assertThat(stop.find() && relay.find()).isTrue();
        assertThat(untilForgotten).isPositive();
        assertThat(pod.path("terminationGracePeriodSeconds").asInt())
                .isGreaterThan(untilForgotten + Integer.parseInt(stop.group(1)) + Integer.parseInt(relay.group(1)));
    }

    @ParameterizedTest
    @EnumSource(ServiceName.class)
    void everyWorkloadHasADisruptionBudgetThatLetsANodeBeDrained(ServiceName service) {
        JsonNode budget = object("PodDisruptionBudget", "engram-" + service.lowerCase());

        assertThat(budget.at("/spec/selector")).isEqualTo(workload(service).at("/spec/selector"));
        assertThat(budget.at("/spec/maxUnavailable").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"trainer", "evaluator"})
    void clientsThatBalanceCallsThemselvesFindEveryReplica(String service) {
        JsonNode plain = object("Service", "engram-" + service);
        JsonNode headless = object("Service", "engram-" + service + "-headless");

        assertThat(headless.at("/spec/clusterIP").asText()).isEqualTo("None");
        assertThat(headless.at("/spec/selector")).isEqualTo(plain.at("/spec/selector"));
        assertThat(headless.at("/spec/ports")).containsExactly(plain.at("/spec/ports/0"));
    }

    static Stream<JsonNode> pods() {
        return builds().flatMap(folder -> Kustomization.build(KUBERNETES.resolve(folder)).stream())
                .map(object -> object.at("/spec/template/spec"))
                .filter(pod -> pod.has("containers"));
    }

    private static List<JsonNode> containers(JsonNode pod) {
        List<JsonNode> containers = new ArrayList<>();
        pod.path("initContainers").forEach(containers::add);
        pod.path("containers").forEach(containers::add);
        return containers;
    }

    private static String variable(JsonNode container, String name) {
        for (JsonNode variable : container.path("env")) {
            if (variable.path("name").asText().equals(name)) {
                return variable.path("value").asText();
            }
        }
        throw new AssertionError("no variable " + name);
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
