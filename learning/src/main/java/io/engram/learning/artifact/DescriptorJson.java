package io.engram.learning.artifact;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.engram.learning.head.Heads;
import io.engram.learning.setting.Component;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** A {@link ModelDescriptor} as JSON, field by field, so that the format is what stands here. */
final class DescriptorJson {
    static final int FORMAT_VERSION = 1;

    private DescriptorJson() {}

    /**
     * What a descriptor file says.
     *
     * @param descriptor the model
     * @param weightsSha256 digest of the weights file
     */
    record Decoded(ModelDescriptor descriptor, String weightsSha256) {}

    static byte[] encode(ModelDescriptor descriptor, String weightsSha256) {
        JsonObject json = new JsonObject();
        json.addProperty("format_version", FORMAT_VERSION);
        json.addProperty("task_index", descriptor.taskIndex());
        json.addProperty("dataset", descriptor.dataset());
        json.addProperty("dataset_fingerprint", descriptor.datasetFingerprint());
        descriptor.testFingerprint().ifPresent(fingerprint -> json.addProperty("test_fingerprint", fingerprint));
        json.add("scenario", ScenarioJson.encode(descriptor.form()));
        JsonArray tasks = new JsonArray();
        descriptor.labelsByTask().forEach(labels -> tasks.add(labels(labels)));
        json.add("labels_by_task", tasks);
        descriptor.nextTask().ifPresent(next -> json.add("next_task", nextTask(next)));
        json.add("backbone", backbone(descriptor));
        json.add(
                "head",
                descriptor.head().settings().isEmpty()
                        ? new JsonPrimitive(descriptor.head().name())
                        : component(descriptor.head()));
        json.addProperty("inference", descriptor.classifier());
        json.addProperty("weights_sha256", weightsSha256);
        json.add("provenance", value(new TreeMap<>(descriptor.provenance())));
        String text = new GsonBuilder()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .create()
                .toJson(json);
        return (text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** @param file for messages */
    static Decoded decode(byte[] bytes, Path file) {
        try {
            JsonObject json = JsonParser.parseString(new String(bytes, StandardCharsets.UTF_8))
                    .getAsJsonObject();
            int version = json.get("format_version").getAsInt();
            if (version != FORMAT_VERSION) {
                throw new CorruptArtifactException(
                        file + " has format version " + version + "; this program reads version " + FORMAT_VERSION);
            }
            List<List<Integer>> labels = new ArrayList<>();
            for (JsonElement task : json.getAsJsonArray("labels_by_task")) {
                labels.add(labels(task.getAsJsonArray()));
            }
            Map<String, String> provenance = new LinkedHashMap<>();
            json.getAsJsonObject("provenance")
                    .entrySet()
                    .forEach(e -> provenance.put(e.getKey(), e.getValue().getAsString()));
            return new Decoded(
                    new ModelDescriptor(
                            json.get("task_index").getAsInt(),
                            json.get("dataset").getAsString(),
                            json.get("dataset_fingerprint").getAsString(),
                            Optional.ofNullable(json.get("test_fingerprint")).map(JsonElement::getAsString),
                            ScenarioJson.decode(json.getAsJsonObject("scenario")),
                            labels,
                            Optional.ofNullable(json.getAsJsonObject("next_task"))
                                    .map(DescriptorJson::nextTask),
                            component(json.getAsJsonObject("backbone")),
                            module(json.getAsJsonObject("backbone")),
                            head(json.get("head"), file),
                            json.get("inference").getAsString(),
                            provenance),
                    json.get("weights_sha256").getAsString());
        } catch (JsonParseException
                | IllegalStateException
                | ClassCastException
                | UnsupportedOperationException
                | NullPointerException
                | NumberFormatException e) {
            throw new CorruptArtifactException(file + " is not a model descriptor: " + e, e);
        }
    }

    private static JsonArray labels(List<Integer> labels) {
        JsonArray json = new JsonArray();
        labels.forEach(json::add);
        return json;
    }

    private static List<Integer> labels(JsonArray json) {
        return json.asList().stream().map(JsonElement::getAsInt).toList();
    }

    private static JsonObject nextTask(NextTask task) {
        JsonObject json = new JsonObject();
        json.add("labels", labels(task.labels()));
        task.weightsSeed().ifPresent(seed -> json.addProperty("weights_seed", seed));
        return json;
    }

    private static NextTask nextTask(JsonObject json) {
        return new NextTask(
                labels(json.getAsJsonArray("labels")),
                json.has("weights_seed")
                        ? OptionalLong.of(json.get("weights_seed").getAsLong())
                        : OptionalLong.empty());
    }

    private static JsonObject component(Component component) {
        JsonObject json = new JsonObject();
        json.addProperty("name", component.name());
        json.add("settings", value(new TreeMap<>(component.settings())));
        return json;
    }

    private static Component component(JsonObject json) {
        return new Component(json.get("name").getAsString(), settings(json));
    }

    private static JsonObject backbone(ModelDescriptor descriptor) {
        JsonObject json = component(descriptor.backbone());
        descriptor.module().ifPresent(module -> {
            json.addProperty("file", module.path());
            json.addProperty("file_sha256", module.sha256());
        });
        return json;
    }

    private static Optional<ModuleFile> module(JsonObject backbone) {
        return backbone.has("file")
                ? Optional.of(new ModuleFile(
                        backbone.get("file").getAsString(),
                        backbone.get("file_sha256").getAsString()))
                : Optional.empty();
    }

    /** A name, or a name and settings. */
    private static Component head(JsonElement json, Path file) {
        Component head =
                json.isJsonPrimitive() ? Component.named(json.getAsString()) : component(json.getAsJsonObject());
        if (!Heads.NAMES.contains(head.name())) {
            throw new CorruptArtifactException(
                    file + " has head \"" + head.name() + "\"; this program reads " + String.join(", ", Heads.NAMES));
        }
        return head;
    }

    private static Map<String, Object> settings(JsonObject component) {
        Map<String, Object> settings = new LinkedHashMap<>();
        component.getAsJsonObject("settings").entrySet().forEach(e -> settings.put(e.getKey(), value(e.getValue())));
        return settings;
    }

    private static Object value(JsonElement element) {
        if (element.isJsonArray()) {
            return element.getAsJsonArray().asList().stream()
                    .map(DescriptorJson::value)
                    .toList();
        }
        JsonPrimitive primitive = element.getAsJsonPrimitive();
        if (primitive.isBoolean()) {
            return primitive.getAsBoolean();
        }
        return primitive.isNumber() ? (Object) primitive.getAsDouble() : primitive.getAsString();
    }

    private static JsonElement value(Object value) {
        if (value instanceof Map<?, ?> map) {
            JsonObject object = new JsonObject();
            map.forEach((k, v) -> object.add((String) k, value(v)));
            return object;
        }
        if (value instanceof List<?> list) {
            JsonArray array = new JsonArray();
            list.forEach(v -> array.add(value(v)));
            return array;
        }
        if (value instanceof Boolean flag) {
            return new JsonPrimitive(flag);
        }
        return value instanceof Double number ? new JsonPrimitive(number) : new JsonPrimitive(String.valueOf(value));
    }
}
