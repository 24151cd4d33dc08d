package io.engram.learning.run;

import io.engram.learning.method.Method;
import io.engram.learning.method.Methods;
import io.engram.learning.method.PublishedResult;
import io.engram.learning.scenario.DomainShift;
import io.engram.learning.scenario.ScenarioForm;
import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.setting.Component;
import io.engram.learning.setting.Names;
import io.engram.learning.setting.Violation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The presets of each method: its {@link Method#publishedResults}, each in its protocol. Protocols are those of the authors' code:
 * github.com/GMvandeVen/continual-learning (but 1000 samples for Fisher informations), github.com/aimagelab/mammoth for Buzzega et
 * al., and github.com/optimass/Maximally_Interfered_Retrieval for Aljundi et al. (whose rates are half of these, for the sum of the losses of
 * new and of replayed samples where ours is their mean). What a preset gives stands in {@code docs/results.md}.
 */
public final class Presets {
    private static final String LEARNING_RATE = "learning_rate";

    private static final Protocol VAN_DE_VEN = new Protocol(
            ScenarioForm.CLASS_INCREMENTAL,
            "mnist, five tasks of two digits in an order that is shuffled",
            mlp(400),
            adam(0.001),
            new TrainingSpec(
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalInt.of(2000),
                    OptionalInt.of(128),
                    Optional.empty()));

    private static final Protocol ALJUNDI = new Protocol(
            ScenarioForm.CLASS_INCREMENTAL,
            "mnist, five tasks of two digits in ascending order",
            mlp(400),
            sgd(0.2),
            new TrainingSpec(
                    OptionalInt.empty(),
                    OptionalInt.empty(),
                    OptionalInt.of(101),
                    OptionalInt.of(10),
                    Optional.empty()));

    private static final Map<String, Protocol> PROTOCOLS = Map.of(
            "van-de-ven-split-mnist",
            VAN_DE_VEN,
            "van-de-ven-split-mnist-task",
            VAN_DE_VEN.in(ScenarioForm.TASK_INCREMENTAL),
            "van-de-ven-split-mnist-domain",
            VAN_DE_VEN.in(ScenarioForm.CLASS_GROUPS),
            "buzzega-split-mnist",
            new Protocol(
                    ScenarioForm.CLASS_INCREMENTAL,
                    ALJUNDI.data(),
                    mlp(100),
                    sgd(0.03),
                    new TrainingSpec(OptionalInt.of(1), OptionalInt.of(10), Optional.empty())),
            "aljundi-split-mnist",
            ALJUNDI,
            "aljundi-permuted-mnist",
            new Protocol(
                    ScenarioForm.shifted(new DomainShift.PixelPermutation(1)),
                    "mnist, ten tasks of all digits, pixels in other places in each",
                    ALJUNDI.backbone(),
                    sgd(0.1),
                    ALJUNDI.training()));

    private Presets() {}

    /** Those of a method; none where there is no such method. */
    public static List<Preset> of(String method) {
        return Methods.CATALOG.find(method).map(Presets::of).orElse(List.of());
    }

    static Optional<Preset> find(String method, String name) {
        return of(method).stream().filter(preset -> preset.name().equals(name)).findFirst();
    }

    /**
     * The spec with the preset that it names in place of what it leaves out; as it is where it names none.
     *
     * @param violations takes what is wrong with the preset
     */
    static RunSpec fillIn(RunSpec spec, List<Violation> violations) {
        String method = spec.method().name();
        if (spec.preset().isEmpty() || Methods.CATALOG.find(method).isEmpty()) {
            return spec;
        }
        Optional<Preset> preset = find(method, spec.preset());
        ScenarioForm form = spec.scenario().form();
        if (preset.isEmpty() || !preset.get().isFor(form)) {
            violations.add(
                    new Violation("method.preset", "\"" + spec.preset() + "\"", allowed(method, form, spec.preset())));
        }
        return preset.map(p -> p.under(spec)).orElse(spec);
    }

    /** A preset of another scenario is suggested for none. */
    private static String allowed(String method, ScenarioForm form, String given) {
        List<String> fitting = of(method).stream()
                .filter(preset -> preset.isFor(form))
                .map(Preset::name)
                .toList();
        String scenario = " for " + method + " in " + form.path();
        return fitting.isEmpty() ? "no preset" + scenario : Names.oneOf(fitting, given) + scenario;
    }

    private static List<Preset> of(CatalogEntry<Method> entry) {
        return entry.create(entry.defaults()).publishedResults().stream()
                .map(result -> PROTOCOLS.get(result.protocol()).preset(result))
                .toList();
    }

    private static Component adam(double rate) {
        return new Component("adam", Map.of(LEARNING_RATE, rate));
    }

    private static Component sgd(double rate) {
        return new Component("sgd", Map.of(LEARNING_RATE, rate));
    }

    private static Component mlp(double units) {
        return new Component("mlp", Map.of("hidden", List.of(units, units)));
    }

    /**
     * What the results of several methods have in common.
     *
     * @param data what it was published for, beside the scenario
     */
    private record Protocol(
            ScenarioForm form, String data, Component backbone, Component optimizer, TrainingSpec training) {

        Protocol in(ScenarioForm other) {
            return new Protocol(other, data, backbone, optimizer, training);
        }

        Preset preset(PublishedResult result) {
            return new Preset(
                    result.protocol(),
                    form,
                    data,
                    result.figure(),
                    result.source(),
                    result.settings(),
                    backbone,
                    optimizer(result),
                    training,
                    result.memory().map(Protocol::memory).orElseGet(MemorySpec::defaults));
        }

        private static MemorySpec memory(PublishedResult.Memory given) {
            return new MemorySpec(
                    OptionalInt.of(given.capacity()), OptionalInt.of(given.replayed()), given.insertionPolicy(), "");
        }

        private Component optimizer(PublishedResult result) {
            Map<String, Object> settings = new HashMap<>(optimizer.settings());
            result.learningRate().ifPresent(rate -> settings.put(LEARNING_RATE, rate));
            return new Component(optimizer.name(), settings);
        }
    }
}
