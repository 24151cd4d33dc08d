package io.engram.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A {@code kustomization.yaml}, as far as ours use it, and what Kustomize makes of it. A field that is not here is refused
 * by the parser, so that nothing in a file goes unchecked. {@code KustomizeTest} compares it with Kustomize itself.
 */
record Kustomization(
        String apiVersion,
        String kind,
        String namespace,
        List<String> resources,
        List<String> components,
        List<ConfigMapGenerator> configMapGenerator,
        List<Image> images,
        List<Patch> patches) {

    static final String FILE = "kustomization.yaml";

    record ConfigMapGenerator(String name, String behavior, List<String> literals) {

        Map<String, String> values() {
            return literals.stream()
                    .map(literal -> literal.split("=", 2))
                    .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
        }
    }

    record Image(String name, String newTag) {}

    record Patch(String path, Target target) {}

    record Target(String kind, String name) {}

    Kustomization {
        resources = resources == null ? List.of() : resources;
        components = components == null ? List.of() : components;
        configMapGenerator = configMapGenerator == null ? List.of() : configMapGenerator;
        images = images == null ? List.of() : images;
        patches = patches == null ? List.of() : patches;
    }

    static Kustomization of(Path folder) {
        try {
            return Yaml.MAPPER.treeToValue(Yaml.document(folder.resolve(FILE)), Kustomization.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(folder.resolve(FILE) + ": " + e.getOriginalMessage(), e);
        }
    }

    /** Every path a kustomization names, files and folders. */
    List<String> references() {
        return Stream.of(
                        resources.stream(),
                        components.stream(),
                        patches.stream().map(Patch::path))
                .flatMap(paths -> paths)
                .toList();
    }

    /** The objects that Kustomize would hand to the cluster, without the generated config maps. */
    static List<JsonNode> build(Path folder) {
        List<JsonNode> objects = new ArrayList<>();
        of(folder).buildInto(objects, folder);
        return objects;
    }

    private void buildInto(List<JsonNode> objects, Path folder) {
        for (String resource : resources) {
            Path path = folder.resolve(resource).normalize();
            objects.addAll(path.toString().endsWith(".yaml") ? Yaml.documents(path) : build(path));
        }
        for (String component : components) {
            Path path = folder.resolve(component).normalize();
            of(path).buildInto(objects, path);
        }
        patches.forEach(patch -> apply(patch, folder, objects));
        images.forEach(image -> objects.forEach(object -> retag(object, image)));
        if (namespace != null) {
            objects.forEach(object -> ((ObjectNode) object.path("metadata")).put("namespace", namespace));
        }
    }

    private static void apply(Patch patch, Path folder, List<JsonNode> objects) {
        List<JsonNode> targets = objects.stream()
                .filter(object -> object.path("kind").asText().equals(patch.target.kind))
                .filter(object -> object.at("/metadata/name").asText().equals(patch.target.name))
                .toList();
        if (targets.isEmpty()) {
            throw new IllegalArgumentException(patch.path + " patches " + patch.target + ", which is not there");
        }
        JsonNode change = Yaml.document(folder.resolve(patch.path));
        for (JsonNode target : targets) {
            if (change instanceof ArrayNode operations) {
                JsonPatch.apply(operations, target);
            } else {
                StrategicMerge.merge((ObjectNode) target, (ObjectNode) change);
            }
        }
    }

    private static void retag(JsonNode object, Image image) {
        for (JsonNode holder : object.findParents("image")) {
            if (holder.path("image").asText().startsWith(image.name + ":")) {
                ((ObjectNode) holder).put("image", image.name + ":" + image.newTag);
            }
        }
    }
}
