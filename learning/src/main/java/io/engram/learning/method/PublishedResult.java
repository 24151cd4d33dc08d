package io.engram.learning.method;

import io.engram.learning.scenario.ScenarioKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A published result of a method and the settings known to reproduce it: a preset, by which a run spec leaves them out. Data,
 * network, optimiser and batches are those of the protocol; what a protocol leaves open stands here. Each is a row of {@code
 * docs/results.md}, which a test holds it to.
 *
 * @param protocol name of the protocol and of the preset, one of {@link io.engram.learning.run.Presets}
 * @param figure average accuracy after the last task that it should give, in words: the published one; where none was at hand, what the
 *     authors' code gave; where that was not run, what was measured
 * @param source author, year and title of where figure and settings come from
 * @param settings those of the method; the others keep their defaults
 * @param learningRate the size of the optimiser's step, where it is not the protocol's
 * @param memory the replay memory, where the method has one
 */
public record PublishedResult(
        String protocol,
        String figure,
        String source,
        Map<String, Object> settings,
        OptionalDouble learningRate,
        Optional<Memory> memory) {
    static final String FEEDBACK_CONNECTIONS =
            "van de Ven and Tolias 2018, Generative Replay with Feedback Connections as a General Strategy for Continual Learning";
    static final String RETRIEVAL =
            "Aljundi et al. 2019, Online Continual Learning with Maximally Interfered Retrieval";
    static final String THREE_TYPES = "van de Ven, Tuytelaars and Tolias 2022, Three Types of Incremental Learning";

    public PublishedResult {
        settings = Map.copyOf(settings);
    }

    /**
     * A replay memory.
     *
     * @param capacity samples that it holds
     * @param replayed replayed samples in a step
     * @param insertionPolicy the method's own where empty
     */
    public record Memory(int capacity, int replayed, String insertionPolicy) {}

    /** Split MNIST as van de Ven has it: settings are those of his code. */
    static PublishedResult ofVanDeVen(ScenarioKind kind, String figure, String source, Map<String, Object> settings) {
        String variant =
                switch (kind) {
                    case CLASS_INCREMENTAL -> "";
                    case TASK_INCREMENTAL -> "-task";
                    case DOMAIN_INCREMENTAL -> "-domain";
                };
        return inItsProtocol("van-de-ven-split-mnist" + variant, figure, source, settings);
    }

    /** The same for a method without settings, in all three scenarios, as published. */
    static List<PublishedResult> ofVanDeVen(String byTasks, String byDomains, String byClasses) {
        return List.of(
                ofVanDeVen(ScenarioKind.CLASS_INCREMENTAL, byClasses, THREE_TYPES, Map.of()),
                ofVanDeVen(ScenarioKind.TASK_INCREMENTAL, byTasks, THREE_TYPES, Map.of()),
                ofVanDeVen(ScenarioKind.DOMAIN_INCREMENTAL, byDomains, THREE_TYPES, Map.of()));
    }

    /**
     * Split MNIST as Buzzega et al. 2020 have it, with a memory of 500: settings are those of their code.
     *
     * @param figure what was measured
     */
    static PublishedResult ofBuzzega(String figure, Map<String, Object> settings, int replayed) {
        return inItsProtocol(
                        "buzzega-split-mnist",
                        notPrinted(figure),
                        "Buzzega et al. 2020, Dark Experience for General Continual Learning: a Strong, Simple Baseline,"
                                + " memory of 500",
                        settings)
                .withMemory(500, replayed, "");
    }

    /** Split MNIST with about 1000 samples a task, seen once, as Aljundi et al. 2019 have it, with a memory of 500. */
    static PublishedResult ofAljundi(String figure, Map<String, Object> settings) {
        return inItsProtocol("aljundi-split-mnist", notPrinted(figure), RETRIEVAL, settings)
                .withMemory(500, 10, "");
    }

    /** Permuted MNIST, the same. */
    static PublishedResult ofAljundiPermuted(String figure, String source, Map<String, Object> settings) {
        return inItsProtocol("aljundi-permuted-mnist", figure, source, settings).withMemory(500, 10, "");
    }

    /** What stands in for a figure that was not printed, or not found. */
    static String notPrinted(String figure) {
        return figure + "; no printed figure was at hand";
    }

    PublishedResult withMemory(int capacity, int replayed, String insertionPolicy) {
        return new PublishedResult(
                protocol,
                figure,
                source,
                settings,
                learningRate,
                Optional.of(new Memory(capacity, replayed, insertionPolicy)));
    }

    PublishedResult withLearningRate(double rate) {
        return new PublishedResult(protocol, figure, source, settings, OptionalDouble.of(rate), memory);
    }

    private static PublishedResult inItsProtocol(
            String protocol, String figure, String source, Map<String, Object> settings) {
        return new PublishedResult(protocol, figure, source, settings, OptionalDouble.empty(), Optional.empty());
    }
}
