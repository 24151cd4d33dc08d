package io.engram.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The network lets through the arrows of the architecture and nothing else. */
class NetworkPoliciesTest {

    private static final Path KUBERNETES = Repository.ROOT.resolve("deploy/kubernetes");
    private static final String NAMESPACE = "kubernetes.io/metadata.name";

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/local", "overlays/gpu", "overlays/production"})
    void whatComesIn(String build) {
        assertThat(arrows(build, "ingress"))
                .containsExactlyInAnyOrder(
                        "engram.io/client=true anywhere -> trainer TCP 9101",
                        "engram.io/client=true anywhere -> evaluator TCP 9103",
                        "engram.io/client=true anywhere -> evaluator TCP 8103",
                        "app.kubernetes.io/name=engram-trainer -> buffer TCP 9102",
                        "namespace monitoring -> trainer TCP 8101",
                        "namespace monitoring -> buffer TCP 8102",
                        "namespace monitoring -> evaluator TCP 8103");
    }

    @ParameterizedTest
    @ValueSource(strings = {"base", "overlays/local", "overlays/gpu"})
    void whatGoesOutWhereTheBackendsAreNotKnown(String build) {
        assertThat(arrows(build, "egress"))
                .containsExactlyInAnyOrder(
                        "trainer -> app.kubernetes.io/name=engram-buffer TCP 9102",
                        "trainer -> anybody TCP 5432",
                        "trainer -> anybody TCP 9092",
                        "trainer -> k8s-app=kube-dns namespace kube-system UDP 53",
                        "trainer -> k8s-app=kube-dns namespace kube-system TCP 53",
                        "evaluator -> anybody TCP 5432",
                        "evaluator -> anybody TCP 9092",
                        "evaluator -> k8s-app=kube-dns namespace kube-system UDP 53",
                        "evaluator -> k8s-app=kube-dns namespace kube-system TCP 53");
    }

    @Test
    void productionNamesThePodsOfTheBackends() {
        assertThat(arrows("overlays/production", "egress"))
                .noneMatch(arrow -> arrow.contains("anybody"))
                .contains(
                        "trainer -> cnpg.io/cluster=engram-postgres TCP 5432",
                        "trainer -> strimzi.io/cluster=engram-kafka TCP 9092",
                        "evaluator -> cnpg.io/cluster=engram-postgres TCP 5432",
                        "evaluator -> strimzi.io/cluster=engram-kafka TCP 9092")
                .hasSize(9);
    }

    @Test
    void whatNoPolicyAllowsIsDroppedForEveryPod() {
        JsonNode rest = policies("base").stream()
                .filter(policy -> policy.at("/metadata/name").asText().equals("engram-nothing-else"))
                .findFirst()
                .orElseThrow();

        assertThat(rest.at("/spec/podSelector/matchLabels").toString())
                .isEqualTo("{\"app.kubernetes.io/part-of\":\"engram\"}");
        assertThat(rest.path("spec").has("ingress") || rest.path("spec").has("egress"))
                .isFalse();
        for (ServiceName service : ServiceName.values()) {
            assertThat(KubernetesManifestsTest.workload(service)
                            .at("/spec/template/metadata/labels/app.kubernetes.io~1part-of")
                            .asText())
                    .isEqualTo("engram");
        }
        assertThat(policies("base"))
                .allSatisfy(policy ->
                        assertThat(policy.at("/spec/policyTypes").toString()).isEqualTo("[\"Ingress\",\"Egress\"]"));
    }

    private static List<JsonNode> policies(String build) {
        return Kustomization.build(KUBERNETES.resolve(build)).stream()
                .filter(object -> object.path("kind").asText().equals("NetworkPolicy"))
                .toList();
    }

    private static List<String> arrows(String build, String direction) {
        List<String> arrows = new ArrayList<>();
        for (JsonNode policy : policies(build)) {
            String service = policy.at("/metadata/name").asText().replace("engram-", "");
            boolean in = direction.equals("ingress");
            for (JsonNode rule : policy.at("/spec/" + direction)) {
                for (String peer : peers(rule.path(in ? "from" : "to"))) {
                    String way = in ? peer + " -> " + service : service + " -> " + peer;
                    rule.path("ports")
                            .forEach(port -> arrows.add("%s %s %d"
                                    .formatted(
                                            way,
                                            port.path("protocol").asText(),
                                            port.path("port").asInt())));
                }
            }
        }
        return arrows;
    }

    private static List<String> peers(JsonNode peers) {
        List<String> texts = new ArrayList<>();
        for (JsonNode peer : peers) {
            String pods = labels(peer.path("podSelector"));
            String namespace =
                    peer.at("/namespaceSelector/matchLabels").path(NAMESPACE).asText();
            String place = namespace.isEmpty() ? "anywhere" : "namespace " + namespace;
            texts.add((pods + (peer.has("namespaceSelector") ? " " + place : "")).trim());
        }
        return texts.isEmpty() ? List.of("anybody") : texts;
    }

    private static String labels(JsonNode selector) {
        List<String> labels = new ArrayList<>();
        selector.path("matchLabels")
                .properties()
                .forEach(label ->
                        labels.add(label.getKey() + "=" + label.getValue().asText()));
        return String.join(",", labels);
    }
}
