package io.engram.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the other tests take for a build is what Kustomize builds. */
@Tag("control-plane")
class KustomizeTest {

    @ParameterizedTest
    @MethodSource("io.engram.deploy.KubernetesManifestsTest#builds")
    void theOtherTestsSeeWhatKustomizeBuilds(String build) throws Exception {
        Path path = Repository.ROOT.resolve("deploy/kubernetes").resolve(build);
        String kubectl = ControlPlane.executable("kubectl").toString();

        List<JsonNode> built = Yaml.documents(Command.output(kubectl, "kustomize", path.toString()));

        Map<String, JsonNode> seen = byName(Kustomization.build(path));
        assertThat(seen.keySet()).isEqualTo(byName(built).keySet());
        byName(built)
                .forEach((name, object) -> assertThat(seen.get(name)).as(name).isEqualTo(object));
    }

    /** Objects by kind and name; generated config maps aside, and the hash in references to them. */
    private static Map<String, JsonNode> byName(List<JsonNode> objects) throws JsonProcessingException {
        Map<String, JsonNode> named = new TreeMap<>();
        for (JsonNode object : objects) {
            String kind = object.path("kind").asText();
            if (!kind.equals("ConfigMap")) {
                String text = object.toString().replaceAll("\"engram-[0-9a-z]{10}\"", "\"engram\"");
                named.put(kind + " " + object.at("/metadata/name").asText(), sorted(Yaml.MAPPER.readTree(text)));
            }
        }
        return named;
    }

    /** Lists of named things by their names: where a patch puts a new one is of no interest. */
    private static JsonNode sorted(JsonNode node) {
        if (node instanceof ArrayNode list) {
            List<JsonNode> elements = new ArrayList<>();
            list.forEach(element -> elements.add(sorted(element)));
            elements.sort(Comparator.comparing(element -> element.path("name").asText()));
            return list.arrayNode().addAll(elements);
        }
        if (node instanceof ObjectNode map) {
            map.properties().forEach(field -> field.setValue(sorted(field.getValue())));
        }
        return node;
    }
}
