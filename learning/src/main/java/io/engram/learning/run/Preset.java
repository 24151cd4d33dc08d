package io.engram.learning.run;

import io.engram.learning.scenario.ScenarioForm;
import io.engram.learning.setting.Component;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Settings of a published result, which stand in for whatever a spec leaves out. What a spec says itself wins; the scenario is
 * always the spec's, and of the same form. On other data, or in other tasks, it gives other figures.
 *
 * @param name the name a run spec gives
 * @param form the scenario it was published for; a seed or an angle in it says nothing
 * @param data the data set and tasks it was published for, in words
 * @param figure what it should give, and whether that was published or measured
 * @param source where figure and settings come from
 * @param settings those of the method
 * @param backbone the network in front of the head
 * @param optimizer the optimiser
 * @param training how long and in what batches
 * @param memory the replay memory
 */
public record Preset(
        String name,
        ScenarioForm form,
        String data,
        String figure,
        String source,
        Map<String, Object> settings,
        Component backbone,
        Component optimizer,
        TrainingSpec training,
        MemorySpec memory) {

    public Preset {
        settings = Map.copyOf(settings);
    }

    /** What it was published for, in words. */
    public String scenario() {
        return form.path().substring("scenario.".length()) + ": " + data;
    }

    /** Whether a scenario is of the form it was published for. */
    boolean isFor(ScenarioForm other) {
        return form.path().equals(other.path());
    }

    /** The spec with this in place of what it leaves out. */
    RunSpec under(RunSpec spec) {
        return new RunSpec(
                spec.scenario(),
                under(spec.method(), new Component(spec.method().name(), settings)),
                Optional.of(spec.backbone().map(this::under).orElse(BackboneSpec.of(backbone))),
                Optional.of(
                        spec.optimizer().map(given -> under(given, optimizer)).orElse(optimizer)),
                under(spec.training()),
                under(spec.memory()),
                spec.device(),
                spec.seed(),
                spec.preset());
    }

    /** Another backbone takes nothing of this one. */
    private BackboneSpec under(BackboneSpec given) {
        return new BackboneSpec(under(given.network(), backbone), given.weights(), given.head());
    }

    private static Component under(Component given, Component preset) {
        if (!given.name().isEmpty() && !given.name().equals(preset.name())) {
            return given;
        }
        Map<String, Object> merged = new HashMap<>(preset.settings());
        merged.putAll(given.settings());
        return new Component(preset.name(), merged);
    }

    /** Epochs that are asked for leave no place for steps, and the other way round. */
    private TrainingSpec under(TrainingSpec given) {
        boolean bySteps = given.stepsPerTask().isPresent();
        boolean byEpochs = given.epochs().isPresent() || given.firstTaskEpochs().isPresent();
        return new TrainingSpec(
                bySteps ? given.epochs() : either(given.epochs(), training.epochs()),
                bySteps ? given.firstTaskEpochs() : either(given.firstTaskEpochs(), training.firstTaskEpochs()),
                byEpochs ? given.stepsPerTask() : either(given.stepsPerTask(), training.stepsPerTask()),
                either(given.batchSize(), training.batchSize()),
                given.resetOptimizer().or(training::resetOptimizer),
                given.checkpointSteps(),
                given.checkpointEpochs());
    }

    private MemorySpec under(MemorySpec given) {
        return new MemorySpec(
                either(given.capacity(), memory.capacity()),
                either(given.batchSize(), memory.batchSize()),
                given.insertionPolicy().isEmpty() ? memory.insertionPolicy() : given.insertionPolicy(),
                given.samplingPolicy().isEmpty() ? memory.samplingPolicy() : given.samplingPolicy());
    }

    private static OptionalInt either(OptionalInt given, OptionalInt preset) {
        return given.isPresent() ? given : preset;
    }
}
