package io.engram.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Kubernetes' strategic merge, as far as the manifests use it: maps field by field, lists of named things (containers,
 * variables) by name, every other list as a whole.
 */
final class StrategicMerge {

    private StrategicMerge() {}

    static void merge(ObjectNode target, ObjectNode patch) {
        patch.properties().forEach(field -> {
            JsonNode own = target.get(field.getKey());
            if (own instanceof ObjectNode map && field.getValue() instanceof ObjectNode change) {
                merge(map, change);
            } else if (own instanceof ArrayNode list
                    && field.getValue() instanceof ArrayNode changes
                    && named(changes)) {
                changes.forEach(change -> mergeByName(list, (ObjectNode) change));
            } else {
                target.set(field.getKey(), field.getValue());
            }
        });
    }

    private static boolean named(ArrayNode list) {
        for (JsonNode element : list) {
            if (!element.has("name")) {
                return false;
            }
        }
        return true;
    }

    private static void mergeByName(ArrayNode list, ObjectNode change) {
        for (JsonNode element : list) {
            if (element.path("name").equals(change.path("name"))) {
                merge((ObjectNode) element, change);
                return;
            }
        }
        list.insert(0, change);
    }
}
