package io.engram.learning.run;

import io.engram.learning.method.Method;
import io.engram.learning.method.Methods;
import io.engram.learning.method.PublishedResult;
import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.setting.Component;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The presets of each method: its {@link Method#publishedResults}, each in its protocol. Protocols are those of the authors' code:
 * github.com/GMvandeVen/continual-learning (but 1000 samples for Fisher informations), and github.com/aimagelab/mammoth for Buzzega et
 * al. What a preset gives stands in {@code docs/results.md}.
 */
public final class Presets {
    private static final Protocol VAN_DE_VEN = new Protocol(
            "mnist, class-incremental, five tasks of two digits",
            mlp(400),
            new Component("adam", Map.of("learning_rate", 0.001)),
            new TrainingSpec(
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalInt.of(2000),
                    OptionalInt.of(128),
                    Optional.empty()));

    private static final Map<String, Protocol> PROTOCOLS = Map.of(
            "van-de-ven-split-mnist",
            VAN_DE_VEN,
            "van-de-ven-split-mnist-task",
            VAN_DE_VEN.on("mnist, task-incremental, five tasks of two digits"),
            "buzzega-split-mnist",
            new Protocol(
                    VAN_DE_VEN.scenario(),
                    mlp(100),
                    new Component("sgd", Map.of()),
                    new TrainingSpec(OptionalInt.of(1), OptionalInt.of(10), Optional.empty())));

    private Presets() {}

    /** Those of a method; none where there is no such method. */
    public static List<Preset> of(String method) {
        return Methods.CATALOG.find(method).map(Presets::of).orElse(List.of());
    }

    static Optional<Preset> find(String method, String name) {
        return of(method).stream().filter(preset -> preset.name().equals(name)).findFirst();
    }

    private static List<Preset> of(CatalogEntry<Method> entry) {
        return entry.create(entry.defaults()).publishedResults().stream()
                .map(result -> PROTOCOLS.get(result.protocol()).preset(result))
                .toList();
    }

    private static Component mlp(double units) {
        return new Component("mlp", Map.of("hidden", List.of(units, units)));
    }

    /** What the results of several methods have in common. */
    private record Protocol(String scenario, Component backbone, Component optimizer, TrainingSpec training) {

        Protocol on(String other) {
            return new Protocol(other, backbone, optimizer, training);
        }

        Preset preset(PublishedResult result) {
            return new Preset(
                    result.protocol(),
                    scenario,
                    result.figure(),
                    result.source(),
                    result.settings(),
                    backbone,
                    optimizer(result),
                    training,
                    new MemorySpec(result.capacity(), result.replayed(), "", ""));
        }

        private Component optimizer(PublishedResult result) {
            Map<String, Object> settings = new HashMap<>(optimizer.settings());
            result.learningRate().ifPresent(rate -> settings.put("learning_rate", rate));
            return new Component(optimizer.name(), settings);
        }
    }
}
