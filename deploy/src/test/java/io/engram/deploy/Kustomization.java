package io.engram.deploy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A {@code kustomization.yaml}, as far as ours use it, and what Kustomize makes of it. A field that is not here is refused
 * by the parser, so that nothing in a file goes unchecked.
 */
record Kustomization(
        String apiVersion,
        String kind,
        List<String> resources,
        List<String> components,
        List<ConfigMapGenerator> configMapGenerator,
        List<Image> images,
        List<Patch> patches) {

    static final String FILE = "kustomization.yaml";

    record ConfigMapGenerator(String name, List<String> literals) {

        Map<String, String> values() {
            return literals.stream()
                    .map(literal -> literal.split("=", 2))
                    .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
        }
    }

    record Image(String name, String newTag) {}

    record Patch(String path, Target target) {}

    record Target(String kind, String name) {}

    /** One operation of RFC 6902. Only {@code add} to a map is needed here. */
    record Operation(@JsonProperty("op") String operation, String path, JsonNode value) {

        void applyTo(JsonNode object) {
            if (!operation.equals("add")) {
                throw new IllegalArgumentException("This test knows the operation add, not " + operation);
            }
            int slash = path.lastIndexOf('/');
            JsonNode parent = object.at(path.substring(0, slash));
            if (!(parent instanceof ObjectNode map)) {
                throw new IllegalArgumentException("There is nothing at " + path.substring(0, slash));
            }
            map.set(path.substring(slash + 1).replace("~1", "/").replace("~0", "~"), value);
        }
    }

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
        Kustomization own = of(folder);
        List<JsonNode> objects = new ArrayList<>();
        for (String resource : own.resources) {
            Path path = folder.resolve(resource).normalize();
            objects.addAll(path.toString().endsWith(".yaml") ? Yaml.documents(path) : build(path));
        }
        for (String component : own.components) {
            Path path = folder.resolve(component).normalize();
            of(path).patch(path, objects);
        }
        own.patch(folder, objects);
        return objects;
    }

    private void patch(Path folder, List<JsonNode> objects) {
        for (Patch patch : patches) {
            List<JsonNode> targets = objects.stream()
                    .filter(object -> object.path("kind").asText().equals(patch.target.kind))
                    .filter(object -> object.at("/metadata/name").asText().equals(patch.target.name))
                    .toList();
            if (targets.isEmpty()) {
                throw new IllegalArgumentException(patch.path + " patches " + patch.target + ", which is not there");
            }
            targets.forEach(target -> operations(folder.resolve(patch.path)).forEach(step -> step.applyTo(target)));
        }
    }

    private static List<Operation> operations(Path file) {
        return Yaml.MAPPER.convertValue(
                Yaml.document(file), Yaml.MAPPER.getTypeFactory().constructCollectionType(List.class, Operation.class));
    }
}
