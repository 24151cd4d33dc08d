package io.engram.learning.run;

import io.engram.learning.scenario.ClassOrder;
import io.engram.learning.scenario.ScenarioSpec;
import io.engram.learning.setting.Component;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Run specs for tests, small and quick where nothing else is said. */
final class SpecBuilder {
    private ScenarioSpec scenario = ScenarioSpec.classIncremental("digits", 2);
    private Component method;
    private Optional<BackboneSpec> backbone =
            Optional.of(BackboneSpec.of(new Component("mlp", Map.of("hidden", List.of(16.0)))));
    private Optional<Component> optimizer = Optional.of(new Component("sgd", Map.of("learning_rate", 0.1)));
    private TrainingSpec training = new TrainingSpec(OptionalInt.of(3), OptionalInt.of(16), Optional.empty());
    private MemorySpec memory = new MemorySpec(OptionalInt.of(100), OptionalInt.empty(), "", "");
    private String device = "cpu";
    private OptionalLong seed = OptionalLong.of(1);
    private String preset = "";

    private SpecBuilder(String method) {
        this.method = Component.named(method);
    }

    static SpecBuilder of(String method) {
        return new SpecBuilder(method);
    }

    /** What the demo runs: 10 epochs, 16 new and 16 replayed samples a step, and a network of 64-256-256. */
    static SpecBuilder demo(String method) {
        return of(method)
                .hidden(256, 256)
                .training(10, 16)
                .memory(new MemorySpec(OptionalInt.of(400), OptionalInt.of(16), "", ""));
    }

    /** Nothing but what has to be there. */
    static SpecBuilder bare(String method) {
        SpecBuilder builder = of(method);
        builder.backbone = Optional.empty();
        builder.optimizer = Optional.empty();
        builder.training = TrainingSpec.defaults();
        builder.memory = MemorySpec.defaults();
        builder.device = "";
        builder.seed = OptionalLong.empty();
        return builder;
    }

    SpecBuilder dataset(String name) {
        return scenario(ScenarioSpec.classIncremental(name, 2));
    }

    /** One class per task, in this order. */
    SpecBuilder classes(Integer... labels) {
        return scenario(new ScenarioSpec(
                "digits",
                OptionalInt.empty(),
                OptionalInt.of(1),
                OptionalInt.empty(),
                new ClassOrder.Listed(List.of(labels))));
    }

    /** Two classes per task, and no more tasks than these. */
    SpecBuilder firstTasks(int tasks) {
        return scenario(new ScenarioSpec(
                "digits", OptionalInt.empty(), OptionalInt.of(2), OptionalInt.of(tasks), new ClassOrder.Ascending()));
    }

    SpecBuilder scenario(ScenarioSpec other) {
        scenario = other;
        return this;
    }

    SpecBuilder method(Component other) {
        method = other;
        return this;
    }

    SpecBuilder hidden(double... widths) {
        List<Double> boxed = Arrays.stream(widths).boxed().toList();
        return backbone(new Component("mlp", Map.of("hidden", boxed)));
    }

    SpecBuilder backbone(Component other) {
        return backbone(other, "");
    }

    SpecBuilder backbone(Component other, String weights) {
        backbone = Optional.of(new BackboneSpec(other, weights));
        return this;
    }

    /** On the network that is set. */
    SpecBuilder head(Component other) {
        BackboneSpec network = backbone.orElseThrow();
        backbone = Optional.of(new BackboneSpec(network.network(), network.weights(), Optional.of(other)));
        return this;
    }

    SpecBuilder optimizer(String name, Map<String, Object> settings) {
        optimizer = Optional.of(new Component(name, settings));
        return this;
    }

    SpecBuilder training(int epochs, int batchSize) {
        return training(new TrainingSpec(OptionalInt.of(epochs), OptionalInt.of(batchSize), Optional.empty()));
    }

    SpecBuilder training(TrainingSpec other) {
        training = other;
        return this;
    }

    SpecBuilder memory(int capacity) {
        return memory(new MemorySpec(OptionalInt.of(capacity), OptionalInt.empty(), "", ""));
    }

    SpecBuilder memory(MemorySpec other) {
        memory = other;
        return this;
    }

    SpecBuilder device(String name) {
        device = name;
        return this;
    }

    SpecBuilder seed(long value) {
        seed = OptionalLong.of(value);
        return this;
    }

    SpecBuilder preset(String name) {
        preset = name;
        return this;
    }

    RunSpec build() {
        return new RunSpec(scenario, method, backbone, optimizer, training, memory, device, seed, preset);
    }
}
