package io.engram.learning.run;

import io.engram.learning.setting.Component;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The presets of each method. Settings are those of the authors' code: github.com/GMvandeVen/continual-learning (but 1000 samples for
 * Fisher informations), and github.com/aimagelab/mammoth for Buzzega et al. A new one is an entry here; what it gives stands in
 * {@code docs/results.md}.
 */
public final class Presets {
    private static final String FEEDBACK =
            "van de Ven and Tolias 2018, Generative Replay with Feedback Connections as a General Strategy for Continual Learning";
    private static final String THREE_SCENARIOS = "van de Ven and Tolias 2019, Three Scenarios for Continual Learning";
    private static final String ICARL = "van de Ven, Tuytelaars and Tolias 2022, Three Types of Incremental Learning";
    private static final String BUZZEGA =
            "Buzzega et al. 2020, Dark Experience for General Continual Learning: a Strong, Simple Baseline, memory of 500";
    private static final String CLASSES = "mnist, class-incremental, five tasks of two digits";
    private static final String TASKS = "mnist, task-incremental, five tasks of two digits";
    private static final String NOT_AT_HAND = " measured here (3 seeds); the printed figure was not at hand";

    private static final Map<String, List<Preset>> BY_METHOD = Map.of(
            "ewc",
            List.of(
                    vanDeVen(CLASSES, "20.01 %, published", THREE_SCENARIOS, Map.of("lambda", 1e9)),
                    vanDeVen(TASKS, "98.64 %, published", THREE_SCENARIOS, Map.of("lambda", 1e5))),
            "si",
            List.of(
                    vanDeVen(CLASSES, "20.04 %, published", FEEDBACK, Map.of("c", 5000.0, "xi", 0.1)),
                    vanDeVen(TASKS, "99.14 %, published", FEEDBACK, Map.of("c", 10.0, "xi", 0.1))),
            "lwf",
            List.of(
                    vanDeVen(CLASSES, "24.17 %, published", FEEDBACK, Map.of("lambda", 1.0, "temperature", 2.0)),
                    vanDeVen(TASKS, "99.60 %, published", FEEDBACK, Map.of("lambda", 1.0, "temperature", 2.0))),
            "icarl",
            List.of(vanDeVen(
                    CLASSES,
                    "90.88 % measured here (1 seed); the printed figure was not at hand",
                    ICARL,
                    Map.of("temperature", 2.0, "exemplars_per_class", 100.0),
                    memory(1000, 8))),
            "er",
            List.of(buzzega("85.5 ± 2.4 %" + NOT_AT_HAND, Map.of(), 0.1, 10)),
            "der",
            List.of(buzzega("86.4 ± 2.8 %" + NOT_AT_HAND, Map.of("alpha", 1.0), 0.03, 128)),
            "der++",
            List.of(buzzega("89.0 ± 2.1 %" + NOT_AT_HAND, Map.of("alpha", 1.0, "beta", 0.5), 0.03, 10)));

    private Presets() {}

    /** Those of a method. */
    public static List<Preset> of(String method) {
        return BY_METHOD.getOrDefault(method, List.of());
    }

    static Optional<Preset> find(String method, String name) {
        return of(method).stream().filter(preset -> preset.name().equals(name)).findFirst();
    }

    private static Preset vanDeVen(String scenario, String figure, String source, Map<String, Object> settings) {
        return vanDeVen(scenario, figure, source, settings, MemorySpec.defaults());
    }

    private static Preset vanDeVen(
            String scenario, String figure, String source, Map<String, Object> settings, MemorySpec memory) {
        return new Preset(
                scenario.equals(TASKS) ? "van-de-ven-split-mnist-task" : "van-de-ven-split-mnist",
                scenario,
                figure,
                source,
                settings,
                mlp(400),
                new Component("adam", Map.of("learning_rate", 0.001)),
                new TrainingSpec(
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.of(2000),
                        OptionalInt.of(128),
                        Optional.empty()),
                memory);
    }

    private static Preset buzzega(String figure, Map<String, Object> settings, double rate, int replayed) {
        return new Preset(
                "buzzega-split-mnist",
                CLASSES,
                figure,
                BUZZEGA,
                settings,
                mlp(100),
                new Component("sgd", Map.of("learning_rate", rate)),
                new TrainingSpec(OptionalInt.of(1), OptionalInt.of(10), Optional.empty()),
                memory(500, replayed));
    }

    private static Component mlp(double units) {
        return new Component("mlp", Map.of("hidden", List.of(units, units)));
    }

    private static MemorySpec memory(int capacity, int replayed) {
        return new MemorySpec(OptionalInt.of(capacity), OptionalInt.of(replayed), "", "");
    }
}
