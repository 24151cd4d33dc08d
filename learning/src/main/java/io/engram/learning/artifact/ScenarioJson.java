package io.engram.learning.artifact;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import io.engram.learning.scenario.DomainShift;
import io.engram.learning.scenario.ScenarioForm;
import io.engram.learning.scenario.ScenarioKind;
import java.util.Arrays;
import java.util.Optional;

/** A {@link ScenarioForm} as JSON. Descriptors from before there was a choice have none, and are class-incremental. */
final class ScenarioJson {
    private ScenarioJson() {}

    static JsonObject encode(ScenarioForm form) {
        JsonObject json = new JsonObject();
        json.addProperty("kind", form.kind().label());
        form.shift().ifPresent(shift -> {
            if (shift instanceof DomainShift.PixelPermutation permutation) {
                json.addProperty("pixel_permutation_seed", permutation.seed());
            } else if (shift instanceof DomainShift.Rotation rotation) {
                json.addProperty("degrees_per_task", rotation.degreesPerTask());
            }
        });
        return json;
    }

    /** @param json absent in old descriptors */
    static ScenarioForm decode(JsonObject json) {
        if (json == null) {
            return ScenarioForm.CLASS_INCREMENTAL;
        }
        String label = json.get("kind").getAsString();
        ScenarioKind kind = Arrays.stream(ScenarioKind.values())
                .filter(k -> k.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new JsonParseException("unknown kind of scenario \"" + label + "\""));
        return new ScenarioForm(kind, shift(json));
    }

    private static Optional<DomainShift> shift(JsonObject json) {
        if (json.has("pixel_permutation_seed")) {
            return Optional.of(new DomainShift.PixelPermutation(
                    json.get("pixel_permutation_seed").getAsLong()));
        }
        if (json.has("degrees_per_task")) {
            return Optional.of(
                    new DomainShift.Rotation(json.get("degrees_per_task").getAsDouble()));
        }
        return Optional.empty();
    }
}
