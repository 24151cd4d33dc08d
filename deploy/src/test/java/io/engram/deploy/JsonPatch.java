package io.engram.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A patch of RFC 6902, as far as the manifests use it: operations on fields of maps. */
final class JsonPatch {

    private JsonPatch() {}

    static void apply(ArrayNode operations, JsonNode object) {
        operations.forEach(operation -> apply(operation, object));
    }

    private static void apply(JsonNode operation, JsonNode object) {
        String path = operation.path("path").asText();
        int slash = path.lastIndexOf('/');
        String field = path.substring(slash + 1).replace("~1", "/").replace("~0", "~");
        if (!(object.at(path.substring(0, slash)) instanceof ObjectNode map)) {
            throw new IllegalArgumentException("There is nothing at " + path.substring(0, slash));
        }
        String name = operation.path("op").asText();
        if (!name.equals("add") && !map.has(field)) {
            throw new IllegalArgumentException("There is nothing at " + path + " to " + name);
        }
        switch (name) {
            case "add", "replace" -> map.set(field, operation.path("value"));
            case "remove" -> map.remove(field);
            default -> throw new IllegalArgumentException("These tests know add, replace and remove, not " + name);
        }
    }
}
