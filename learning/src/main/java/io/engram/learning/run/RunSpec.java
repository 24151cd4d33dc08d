package io.engram.learning.run;

import io.engram.learning.scenario.ScenarioSpec;
import io.engram.learning.setting.Component;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a run does, as it was asked for. {@link RunFactory#complete} checks it and fills in what was left out.
 *
 * @param scenario the data set and how its classes are split into tasks
 * @param method a name of {@link io.engram.learning.method.Methods} and its settings
 * @param backbone the network in front of the head, of at most 100000000 parameters; {@code mlp} when left out
 * @param optimizer a name of {@link io.engram.learning.optimizer.Optimizers} and its settings; {@code sgd} when left out
 * @param training how long and in what batches each task is trained
 * @param memory the replay memory; ignored by methods without replay
 * @param device {@code auto}, {@code cpu} or {@code cuda:N}; {@code auto} when empty
 * @param seed everything random in training follows from it, 0 to 2^53 - 1; 1 when left out. The scenario has seeds of its own
 * @param preset a name of {@link Presets#of} for the method, which stands in for what is left out; none when empty
 */
public record RunSpec(
        ScenarioSpec scenario,
        Component method,
        Optional<BackboneSpec> backbone,
        Optional<Component> optimizer,
        TrainingSpec training,
        MemorySpec memory,
        String device,
        OptionalLong seed,
        String preset) {

    public RunSpec {
        Objects.requireNonNull(scenario, "scenario");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(backbone, "backbone");
        Objects.requireNonNull(optimizer, "optimizer");
        Objects.requireNonNull(training, "training");
        Objects.requireNonNull(memory, "memory");
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(seed, "seed");
        Objects.requireNonNull(preset, "preset");
    }

    /** Without a preset. */
    public RunSpec(
            ScenarioSpec scenario,
            Component method,
            Optional<BackboneSpec> backbone,
            Optional<Component> optimizer,
            TrainingSpec training,
            MemorySpec memory,
            String device,
            OptionalLong seed) {
        this(scenario, method, backbone, optimizer, training, memory, device, seed, "");
    }

    /** The same on another scenario. */
    public RunSpec withScenario(ScenarioSpec other) {
        return new RunSpec(other, method, backbone, optimizer, training, memory, device, seed, preset);
    }
}
