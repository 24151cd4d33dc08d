package io.engram.learning.checkpoint;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The header of a checkpoint as JSON, field by field, so that the format is what stands here. */
final class CheckpointJson {
    static final int VERSION = 2;

    private CheckpointJson() {}

    /**
     * What a header says.
     *
     * @param version of the format
     * @param forms what tensors follow, in order
     * @param checkpoint makes the checkpoint of them
     */
    record Header(
            int version,
            Map<String, List<Form>> forms,
            Function<Map<String, List<StoredTensor>>, Checkpoint> checkpoint) {}

    /**
     * A tensor without its values.
     *
     * @param bytes that its values take
     */
    record Form(String type, List<Integer> shape, int bytes) {}

    /** The order in which lists of tensors follow the header. */
    static Iterable<String> order(Map<String, List<StoredTensor>> tensors) {
        return new TreeSet<>(tensors.keySet());
    }

    static byte[] encode(Checkpoint checkpoint) {
        Position position = checkpoint.position();
        JsonObject json = new JsonObject();
        json.addProperty("version", VERSION);
        json.addProperty("method", checkpoint.method());
        json.addProperty("dataset", checkpoint.datasetFingerprint());
        checkpoint.moduleSha256().ifPresent(digest -> json.addProperty("module", digest));
        if (!checkpoint.computeThreads().isEmpty()) {
            json.add("compute_threads", numbers(checkpoint.computeThreads()));
        }
        json.addProperty("task", position.task());
        json.addProperty("epoch", position.epoch());
        json.addProperty("batch", position.batch());
        json.addProperty("begun", position.begun());
        json.add("order", numbers(checkpoint.order()));
        json.add("generators", numbers(checkpoint.generators()));
        json.addProperty("memoryVersion", checkpoint.memoryVersion());
        json.add("lists", lists(checkpoint.tensors()));
        json.add("counts", counts(checkpoint.totals()));
        json.add("amounts", amounts(checkpoint.totals()));
        if (!checkpoint.totals().curve().isEmpty()) {
            json.add("curve", curve(checkpoint.totals().curve()));
        }
        return new Gson().toJson(json).getBytes(StandardCharsets.UTF_8);
    }

    private static JsonObject lists(Map<String, List<StoredTensor>> tensors) {
        JsonObject lists = new JsonObject();
        for (String name : order(tensors)) {
            JsonArray list = new JsonArray();
            for (StoredTensor tensor : tensors.get(name)) {
                JsonObject form = new JsonObject();
                form.addProperty("type", tensor.type());
                form.add("shape", numbers(tensor.shape()));
                form.addProperty("bytes", tensor.bytes().length);
                list.add(form);
            }
            lists.add(name, list);
        }
        return lists;
    }

    private static JsonObject counts(Totals totals) {
        return numbers(Map.of(
                "step", totals.step(),
                "task_steps", totals.taskSteps(),
                "task_samples", totals.taskSamples(),
                "epoch_steps", totals.epochSteps(),
                "epoch_samples", totals.epochSamples(),
                "epoch_correct", totals.epochCorrect()));
    }

    /** Bits of numbers that are no whole ones. */
    private static JsonObject amounts(Totals totals) {
        return numbers(Map.of(
                "seconds_before_task", Double.doubleToLongBits(totals.secondsBeforeTask()),
                "task_seconds", Double.doubleToLongBits(totals.taskSeconds()),
                "epoch_loss", Double.doubleToLongBits(totals.epochLoss())));
    }

    /** Steps, samples, right ones, and the bits of the sum of losses of each interval. */
    private static JsonArray curve(List<IntervalTotals> intervals) {
        JsonArray curve = new JsonArray(intervals.size());
        for (IntervalTotals interval : intervals) {
            JsonArray numbers = new JsonArray();
            numbers.add(interval.steps());
            numbers.add(interval.samples());
            numbers.add(interval.correct());
            numbers.add(Double.doubleToLongBits(interval.loss()));
            curve.add(numbers);
        }
        return curve;
    }

    private static JsonArray numbers(List<Integer> values) {
        JsonArray array = new JsonArray(values.size());
        values.forEach(array::add);
        return array;
    }

    private static JsonObject numbers(Map<String, Long> values) {
        JsonObject object = new JsonObject();
        new TreeMap<>(values).forEach(object::addProperty);
        return object;
    }

    /**
     * Reads a header; throws what Gson throws where it is none.
     *
     * @param file for messages
     * @throws CorruptCheckpointException where it has another format version
     */
    static Header decode(byte[] bytes, Path file) {
        JsonObject json = JsonParser.parseString(new String(bytes, StandardCharsets.UTF_8))
                .getAsJsonObject();
        int version = json.get("version").getAsInt();
        if (version < 1 || version > VERSION) {
            throw new CorruptCheckpointException(
                    file + " has format version " + version + "; this program reads versions 1 to " + VERSION);
        }
        return new Header(
                version,
                forms(json.getAsJsonObject("lists")),
                tensors -> new Checkpoint(
                        json.get("method").getAsString(),
                        json.get("dataset").getAsString(),
                        Optional.ofNullable(json.get("module")).map(JsonElement::getAsString),
                        computeThreads(json),
                        position(json),
                        integers(json.getAsJsonArray("order")),
                        longs(json.getAsJsonObject("generators")),
                        json.get("memoryVersion").getAsLong(),
                        tensors,
                        totals(json.getAsJsonObject("counts"), json.getAsJsonObject("amounts"), curve(json))));
    }

    /** Headers from before they were written have none. */
    private static List<Integer> computeThreads(JsonObject json) {
        return json.has("compute_threads") ? integers(json.getAsJsonArray("compute_threads")) : List.of();
    }

    private static Map<String, List<Form>> forms(JsonObject lists) {
        Map<String, List<Form>> forms = new LinkedHashMap<>();
        lists.entrySet()
                .forEach(list -> forms.put(
                        list.getKey(),
                        list.getValue().getAsJsonArray().asList().stream()
                                .map(CheckpointJson::form)
                                .toList()));
        return forms;
    }

    private static Form form(JsonElement element) {
        JsonObject form = element.getAsJsonObject();
        return new Form(
                form.get("type").getAsString(),
                integers(form.getAsJsonArray("shape")),
                form.get("bytes").getAsInt());
    }

    private static Position position(JsonObject json) {
        return new Position(
                json.get("task").getAsInt(),
                json.get("epoch").getAsInt(),
                json.get("batch").getAsInt(),
                json.get("begun").getAsBoolean());
    }

    private static Totals totals(JsonObject counts, JsonObject amounts, List<IntervalTotals> curve) {
        return new Totals(
                counts.get("step").getAsLong(),
                counts.get("task_steps").getAsLong(),
                counts.get("task_samples").getAsLong(),
                Double.longBitsToDouble(amounts.get("seconds_before_task").getAsLong()),
                Double.longBitsToDouble(amounts.get("task_seconds").getAsLong()),
                counts.get("epoch_steps").getAsLong(),
                counts.get("epoch_samples").getAsLong(),
                counts.get("epoch_correct").getAsLong(),
                Double.longBitsToDouble(amounts.get("epoch_loss").getAsLong()),
                curve);
    }

    /** Headers between tasks, and from before there were curves, have none. */
    private static List<IntervalTotals> curve(JsonObject json) {
        return json.has("curve")
                ? json.getAsJsonArray("curve").asList().stream()
                        .map(JsonElement::getAsJsonArray)
                        .map(numbers -> new IntervalTotals(
                                numbers.get(0).getAsLong(),
                                numbers.get(1).getAsLong(),
                                numbers.get(2).getAsLong(),
                                Double.longBitsToDouble(numbers.get(3).getAsLong())))
                        .toList()
                : List.of();
    }

    private static List<Integer> integers(JsonArray array) {
        return array.asList().stream().map(JsonElement::getAsInt).toList();
    }

    private static Map<String, Long> longs(JsonObject object) {
        Map<String, Long> values = new LinkedHashMap<>();
        object.entrySet().forEach(e -> values.put(e.getKey(), e.getValue().getAsLong()));
        return values;
    }
}
