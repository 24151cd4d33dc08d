package io.engram.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A kind that an operator brings, by its published definition. As the API server does when it validates strictly, it
 * refuses fields that the schema does not have.
 */
record CustomDefinition(JsonNode definition) {

    static final Path FOLDER = Path.of("src/test/resources/definitions");

    static List<CustomDefinition> all() {
        return Repository.files(FOLDER.toAbsolutePath(), ".yaml").stream()
                .map(file -> new CustomDefinition(Yaml.document(file)))
                .toList();
    }

    boolean defines(JsonNode object) {
        String version = definition.at("/spec/group").asText() + "/"
                + version().path("name").asText();
        return object.path("kind").equals(definition.at("/spec/names/kind"))
                && object.path("apiVersion").asText().equals(version);
    }

    /** @throws IllegalArgumentException naming the fields, where the object does not keep to the schema */
    void check(JsonNode object) {
        JsonNode schema = version().at("/schema/openAPIV3Schema").deepCopy();
        ((ObjectNode) schema.path("properties"))
                .putObject("metadata")
                .put("x-kubernetes-preserve-unknown-fields", true);
        refuseUnknownFields(schema);
        Set<ValidationMessage> messages = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4)
                .getSchema(schema)
                .validate(object);
        if (!messages.isEmpty()) {
            throw new IllegalArgumentException(messages.toString());
        }
    }

    private JsonNode version() {
        return definition.at("/spec/versions/0");
    }

    private static void refuseUnknownFields(JsonNode schema) {
        boolean closed = schema.has("properties")
                && !schema.path("x-kubernetes-preserve-unknown-fields").asBoolean();
        if (closed && !schema.has("additionalProperties")) {
            ((ObjectNode) schema).put("additionalProperties", false);
        }
        schema.path("properties").forEach(CustomDefinition::refuseUnknownFields);
        refuseUnknownItems(schema, "items");
        refuseUnknownItems(schema, "additionalProperties");
    }

    private static void refuseUnknownItems(JsonNode schema, String field) {
        if (schema.path(field).isObject()) {
            refuseUnknownFields(schema.path(field));
        }
    }
}
