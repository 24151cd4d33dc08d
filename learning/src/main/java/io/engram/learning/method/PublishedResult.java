package io.engram.learning.method;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A published result of a method and the settings known to reproduce it: a preset, by which a run spec leaves them out. Data,
 * network, optimiser and batches are those of the protocol; what a protocol leaves open stands here.
 *
 * @param protocol name of the protocol and of the preset, one of {@link io.engram.learning.run.Presets}
 * @param figure average accuracy after the last task that it should give, published or measured, in words
 * @param source author, year and title of where figure and settings come from
 * @param settings those of the method; the others keep their defaults
 * @param learningRate the size of the optimiser's step
 * @param capacity samples in the replay memory
 * @param replayed replayed samples in a step
 */
public record PublishedResult(
        String protocol,
        String figure,
        String source,
        Map<String, Object> settings,
        OptionalDouble learningRate,
        OptionalInt capacity,
        OptionalInt replayed) {
    static final String FEEDBACK_CONNECTIONS =
            "van de Ven and Tolias 2018, Generative Replay with Feedback Connections as a General Strategy for Continual Learning";

    public PublishedResult {
        settings = Map.copyOf(settings);
    }

    /** Split MNIST as van de Ven has it, class-incremental: settings are those of his code. */
    static PublishedResult ofVanDeVen(String figure, String source, Map<String, Object> settings) {
        return inItsProtocol("van-de-ven-split-mnist", figure, source, settings);
    }

    /** The same, task-incremental. */
    static PublishedResult ofVanDeVenByTasks(String figure, String source, Map<String, Object> settings) {
        return inItsProtocol("van-de-ven-split-mnist-task", figure, source, settings);
    }

    /**
     * Split MNIST as Buzzega et al. 2020 have it, with a memory of 500: settings are those of their code. The printed figures
     * were not at hand.
     *
     * @param measured mean of five seeds here, with its interval of 95 %
     */
    static PublishedResult ofBuzzega(String measured, Map<String, Object> settings, double learningRate, int replayed) {
        return new PublishedResult(
                "buzzega-split-mnist",
                measured + " measured here (5 seeds); the printed figure was not at hand",
                "Buzzega et al. 2020, Dark Experience for General Continual Learning: a Strong, Simple Baseline, memory of 500",
                settings,
                OptionalDouble.of(learningRate),
                OptionalInt.of(500),
                OptionalInt.of(replayed));
    }

    PublishedResult withMemory(int held, int replayedInAStep) {
        return new PublishedResult(
                protocol,
                figure,
                source,
                settings,
                learningRate,
                OptionalInt.of(held),
                OptionalInt.of(replayedInAStep));
    }

    private static PublishedResult inItsProtocol(
            String protocol, String figure, String source, Map<String, Object> settings) {
        return new PublishedResult(
                protocol, figure, source, settings, OptionalDouble.empty(), OptionalInt.empty(), OptionalInt.empty());
    }
}
