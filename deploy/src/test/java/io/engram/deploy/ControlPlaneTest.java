package io.engram.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A real control plane takes the manifests, with strict validation, in a namespace that enforces the restricted pod
 * security standard; its controllers and its scheduler act on them, on simulated nodes.
 */
@Tag("control-plane")
class ControlPlaneTest {

    /** Kubernetes 1.34.0 and 1.34.1 say so even where there is no affinity (kubernetes issue 134040). */
    private static final String SAID_OF_EVERY_HEADLESS_SERVICE =
            "Warning: spec.SessionAffinity is ignored for headless services";

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String KUBERNETES = "deploy/kubernetes/";
    private static final String PRODUCTION = KUBERNETES + "overlays/production";
    private static final String NAMESPACE = "engram";

    @TempDir
    static Path folder;

    private static ControlPlane plane;
    private static SimulatedNodes nodes;

    @BeforeAll
    static void start() throws Exception {
        plane = ControlPlane.start(folder);
        nodes = new SimulatedNodes(plane.client());
        for (String resource : List.of("definitions", "simulated-storage.yaml")) {
            kubectl(
                    "apply",
                    "--server-side",
                    "-f",
                    Path.of("src/test/resources", resource).toAbsolutePath().toString());
        }
        kubectl("wait", "--for=condition=Established", "--timeout=60s", "customresourcedefinitions", "--all");
    }

    @AfterAll
    static void stop() {
        if (plane != null) {
            nodes.close();
            plane.close();
        }
    }

    @AfterEach
    void removeEverything() throws Exception {
        nodes.starting(pod -> true);
        nodes.watchedBy(pod -> {});
        kubectl("delete", "namespace", NAMESPACE, "--ignore-not-found", "--timeout=120s");
        kubectl("delete", "nodes", "--all");
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/gpu", "overlays/production"})
    void aBuildIsAcceptedAndRollsOut(String build) throws Exception {
        givenACluster();

        String answer = apply(KUBERNETES + build);

        assertThat(warnings(answer)).isEmpty();
        rolledOut();
    }

    @Test
    void theLocalOverlayRollsOutOnOneSmallNode() throws Exception {
        nodes.addNode("small", "a", 4, "8Gi");
        givenTheNamespace();

        assertThat(warnings(apply(KUBERNETES + "overlays/local"))).isEmpty();
        rolledOut();
    }

    @ParameterizedTest
    @ValueSource(strings = {"examples/kafka-strimzi", "examples/postgres-cloudnativepg"})
    void theExamplesAreAcceptedByTheDefinitionsOfTheirOperators(String example) throws Exception {
        givenTheNamespace();

        assertThat(warnings(apply(KUBERNETES + example))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ScaledObject", "Deployment", "NetworkPolicy"})
    void aMisspeltFieldIsRefused(String kind) throws Exception {
        givenTheNamespace();
        ObjectMapper json = new ObjectMapper();
        JsonNode object = Kustomization.build(Repository.ROOT.resolve(PRODUCTION)).stream()
                .filter(candidate -> candidate.path("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow();
        ((ObjectNode) object.path("spec")).put("misspelt", true);
        Path file = Files.writeString(folder.resolve("misspelt.json"), json.writeValueAsString(object));

        Command.Result result =
                plane.kubectl().attempt("apply", "--server-side", "--validate=strict", "-f", file.toString());

        assertThat(result.status()).isNotZero();
        assertThat(result.output()).contains("misspelt");
    }

    @Test
    void aPodThatIsNotRestrictedIsRefusedInThatNamespace() throws Exception {
        givenTheNamespace();

        Command.Result result = plane.kubectl().attempt("-n", NAMESPACE, "run", "root", "--image=engram/trainer:0.1.0");

        assertThat(result.status()).isNotZero();
        assertThat(result.output()).contains("violates PodSecurity \"restricted");
    }

    @Test
    void replicasSpreadOverZonesAndKeepTheirNumberWhenTheOverlayIsAppliedAgain() throws Exception {
        givenProduction();

        kubectl("-n", NAMESPACE, "scale", "deployment/engram-evaluator", "--replicas=3");
        rolledOut();
        apply(PRODUCTION);
        rolledOut();

        assertThat(podsOf("evaluator").map(ControlPlaneTest::zone)).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void trainersTakeTheGpusAndNobodyElseDoes() throws Exception {
        givenProduction();

        kubectl("-n", NAMESPACE, "scale", "deployment/engram-trainer", "--replicas=5");
        Condition.await(
                "a fifth trainer waits for a GPU",
                LIMIT,
                () -> podsOf("trainer")
                                .filter(pod -> pod.getSpec().getNodeName() == null)
                                .anyMatch(pod -> pod.getStatus().getConditions().stream()
                                        .anyMatch(condition -> String.valueOf(condition.getMessage())
                                                .contains("Insufficient " + SimulatedNodes.GPU)))
                        && podsOf("trainer").filter(Readiness::isPodReady).count() == 4);

        assertThat(podsOf("trainer").filter(Readiness::isPodReady).map(ControlPlaneTest::node))
                .containsExactlyInAnyOrder("gpu-a", "gpu-a", "gpu-b", "gpu-b");
        assertThat(Stream.concat(podsOf("evaluator"), podsOf("buffer")).map(ControlPlaneTest::node))
                .noneMatch(name -> name.startsWith("gpu"));
    }

    @Test
    void theBufferComesBackWithItsNameAndItsVolume() throws Exception {
        givenProduction();
        Pod before = podsOf("buffer").findFirst().orElseThrow();

        kubectl("-n", NAMESPACE, "delete", "pod", "engram-buffer-0");
        Condition.await("another pod is ready", LIMIT, () -> podsOf("buffer")
                .filter(Readiness::isPodReady)
                .anyMatch(pod ->
                        !pod.getMetadata().getUid().equals(before.getMetadata().getUid())));

        Pod after = podsOf("buffer").findFirst().orElseThrow();
        assertThat(after.getMetadata().getName()).isEqualTo("engram-buffer-0");
        assertThat(claimOf(after)).isEqualTo(claimOf(before)).isEqualTo("buffers-engram-buffer-0");
    }

    @Test
    void anUpgradeRollsOutWithoutGoingBelowTheBudgets() throws Exception {
        givenProduction();
        kubectl("-n", NAMESPACE, "scale", "deployment/engram-evaluator", "--replicas=3");
        kubectl("-n", NAMESPACE, "scale", "deployment/engram-trainer", "--replicas=2");
        rolledOut();
        Path upgrade = upgradeTo("0.2.0");
        Map<String, Integer> fewest = new ConcurrentHashMap<>();
        nodes.watchedBy(changed -> Stream.of("trainer", "evaluator")
                .forEach(service -> fewest.merge(service, ready(nodes.pods(), service), Math::min)));
        nodes.starting(pod -> !isOf(pod, "0.2.0"));

        apply(upgrade.toString());
        Condition.await("the upgrade waits for the first new pods", LIMIT, () -> Stream.of("trainer", "evaluator")
                .allMatch(service -> podsOf(service).anyMatch(pod -> isOf(pod, "0.2.0"))));

        Condition.await("the trainers' budget is used up", LIMIT, () -> allowedEvictions("trainer") == 0);
        assertThat(podsOf("evaluator").filter(Readiness::isPodReady)).hasSize(3);
        Pod last = podsOf("trainer").filter(Readiness::isPodReady).findFirst().orElseThrow();
        assertThat(evict(last)).isFalse();

        nodes.starting(pod -> true);
        rolledOut();

        assertThat(fewest).isEqualTo(Map.of("trainer", 1, "evaluator", 3));
        assertThat(Stream.of("trainer", "buffer", "evaluator").flatMap(ControlPlaneTest::podsOf))
                .hasSize(6)
                .allMatch(pod -> isOf(pod, "0.2.0"));
    }

    @Test
    void aPodThatEndsHasItsWholeGracePeriod() throws Exception {
        givenProduction();
        Map<String, Long> grace = new ConcurrentHashMap<>();
        nodes.watchedBy(pod -> {
            Long seconds = pod.getMetadata().getDeletionGracePeriodSeconds();
            if (seconds != null) {
                grace.merge(service(pod), seconds, Math::max);
            }
        });

        kubectl("-n", NAMESPACE, "rollout", "restart", "deployment/engram-trainer", "deployment/engram-evaluator");
        kubectl("-n", NAMESPACE, "rollout", "restart", "statefulset/engram-buffer");
        Condition.await("all ended", LIMIT, () -> grace.size() == 3);

        for (ServiceName service : ServiceName.values()) {
            assertThat(grace.get("engram-" + service.lowerCase()))
                    .isEqualTo(KubernetesManifestsTest.workload(service)
                            .at("/spec/template/spec/terminationGracePeriodSeconds")
                            .asLong());
        }
    }

    @Test
    void aNodeIsDrainedOnePodOfAServiceAfterAnother() throws Exception {
        givenProduction();
        kubectl("-n", NAMESPACE, "scale", "deployment/engram-evaluator", "--replicas=3");
        rolledOut();
        nodes.starting(pod -> false);
        List<Pod> evaluators = podsOf("evaluator").toList();

        Condition.await("the first may go", LIMIT, () -> evict(evaluators.get(0)));

        assertThat(evict(evaluators.get(1))).isFalse();
        nodes.starting(pod -> true);
        kubectl("drain", node(evaluators.get(1)), "--delete-emptydir-data", "--timeout=120s");
        Condition.await(
                "three are ready elsewhere",
                LIMIT,
                () -> podsOf("evaluator")
                                .filter(Readiness::isPodReady)
                                .filter(pod -> !node(pod).equals(node(evaluators.get(1))))
                                .count()
                        == 3);
    }

    /** Three nodes in three zones, and two with two GPUs each. */
    private static void givenACluster() throws Exception {
        for (String zone : List.of("a", "b", "c")) {
            nodes.addNode("node-" + zone, zone, 16, "64Gi");
        }
        for (String zone : List.of("a", "b")) {
            nodes.addGpuNode("gpu-" + zone, zone, 16, "64Gi", 2);
        }
        givenTheNamespace();
    }

    private static void givenTheNamespace() throws Exception {
        kubectl("create", "namespace", NAMESPACE);
        kubectl(
                "label",
                "namespace",
                NAMESPACE,
                "pod-security.kubernetes.io/enforce=restricted",
                "pod-security.kubernetes.io/warn=restricted");
    }

    private static void givenProduction() throws Exception {
        givenACluster();
        apply(PRODUCTION);
        rolledOut();
    }

    private static String apply(String build) throws Exception {
        return kubectl("-n", NAMESPACE, "apply", "--server-side", "--validate=strict", "-k", build);
    }

    private static List<String> warnings(String answer) {
        return answer.lines()
                .filter(line -> line.startsWith("Warning"))
                .filter(line -> !line.equals(SAID_OF_EVERY_HEADLESS_SERVICE))
                .toList();
    }

    /** The overlay for production with other images, as somebody's own overlay names them. */
    private static Path upgradeTo(String version) throws Exception {
        Path own = Files.createDirectories(folder.resolve("upgrade"));
        Path base =
                own.toRealPath().relativize(Repository.ROOT.resolve(PRODUCTION).toRealPath());
        String images = Stream.of("trainer", "buffer", "evaluator")
                .map(name -> "  - {name: engram/%s, newTag: %s}\n".formatted(name, version))
                .collect(Collectors.joining());
        Files.writeString(own.resolve(Kustomization.FILE), "resources: [" + base + "]\nimages:\n" + images);
        return own;
    }

    private static void rolledOut() throws Exception {
        for (String workload :
                List.of("deployment/engram-trainer", "deployment/engram-evaluator", "statefulset/engram-buffer")) {
            kubectl("-n", NAMESPACE, "rollout", "status", workload, "--timeout=" + LIMIT.toSeconds() + "s");
        }
    }

    /** Whether it was allowed. */
    private static boolean evict(Pod pod) {
        return client().pods().resource(pod).evict();
    }

    private static int allowedEvictions(String service) {
        return client().policy()
                .v1()
                .podDisruptionBudget()
                .inNamespace(NAMESPACE)
                .withName("engram-" + service)
                .get()
                .getStatus()
                .getDisruptionsAllowed();
    }

    private static Stream<Pod> podsOf(String service) {
        return ofService(client().pods().inNamespace(NAMESPACE).list().getItems(), service);
    }

    /** Those that are to stay. */
    private static Stream<Pod> ofService(List<Pod> pods, String service) {
        return pods.stream()
                .filter(pod -> service(pod).equals("engram-" + service))
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null);
    }

    private static int ready(List<Pod> pods, String service) {
        return (int) ofService(pods, service).filter(Readiness::isPodReady).count();
    }

    private static boolean isOf(Pod pod, String version) {
        return Stream.concat(pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream())
                .allMatch(container -> container.getImage().endsWith(":" + version));
    }

    private static String service(Pod pod) {
        return pod.getMetadata().getLabels().getOrDefault("app.kubernetes.io/name", "");
    }

    private static String node(Pod pod) {
        return pod.getSpec().getNodeName();
    }

    private static String zone(Pod pod) {
        return client().nodes()
                .withName(node(pod))
                .get()
                .getMetadata()
                .getLabels()
                .get(SimulatedNodes.ZONE);
    }

    private static String claimOf(Pod pod) {
        return pod.getSpec().getVolumes().stream()
                .filter(volume -> volume.getName().equals("buffers"))
                .map(volume -> volume.getPersistentVolumeClaim().getClaimName())
                .findFirst()
                .orElseThrow();
    }

    private static KubernetesClient client() {
        return plane.client();
    }

    private static String kubectl(String... arguments) throws Exception {
        return plane.kubectl().run(arguments);
    }
}
