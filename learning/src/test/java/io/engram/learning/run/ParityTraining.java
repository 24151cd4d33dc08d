package io.engram.learning.run;

import io.engram.learning.dataset.Datasets;
import io.engram.learning.memory.InProcessReplayMemory;
import io.engram.learning.method.Method;
import io.engram.learning.method.Methods;
import io.engram.learning.method.TrainingScope;
import io.engram.learning.scenario.ClassOrder;
import io.engram.learning.scenario.ScenarioForm;
import io.engram.learning.scenario.ScenarioKind;
import io.engram.learning.scenario.ScenarioSpec;
import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.setting.Component;
import io.engram.learning.tensor.TensorEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * 54 steps over three tasks of two classes. What is not said is the digits, class-incremental, Adam, and a network of 64-24-16
 * with the head that the method has.
 *
 * @param dataset the digits or {@link DigitImages}
 * @param reference the backbone as {@code bench/reference/parity.py} names it
 */
record ParityTraining(
        String dataset,
        Component method,
        ScenarioForm form,
        Component optimizer,
        Component backbone,
        String reference,
        Optional<Component> head) {
    private static final String DIGITS = "digits";
    private static final int REPLAY_BATCH = 16;
    private static final int CAPACITY = 100;

    static ParityTraining of(String method) {
        return of(method, Map.of());
    }

    static ParityTraining of(String method, Map<String, Object> settings) {
        return new ParityTraining(
                DIGITS,
                new Component(method, settings),
                ScenarioForm.CLASS_INCREMENTAL,
                new Component("adam", Map.of("learning_rate", 0.002)),
                new Component("mlp", Map.of("hidden", List.of(24.0, 16.0))),
                "mlp",
                Optional.empty());
    }

    /** Three tasks of classes of their own, and the task is given. */
    ParityTraining byTask() {
        return in(ScenarioForm.TASK_INCREMENTAL);
    }

    /** Three tasks that all have the same two classes. */
    ParityTraining byDomain() {
        return in(ScenarioForm.CLASS_GROUPS);
    }

    private ParityTraining in(ScenarioForm other) {
        return new ParityTraining(dataset, method, other, optimizer, backbone, reference, head);
    }

    ParityTraining by(String name, Map<String, Object> settings) {
        return new ParityTraining(dataset, method, form, new Component(name, settings), backbone, reference, head);
    }

    /** With momentum and small steps, which keep what processors differ by far below what fixtures allow. */
    ParityTraining on(Component other, String name) {
        Map<String, Object> descent = Map.of("learning_rate", 0.01, "momentum", 0.9, "weight_decay", 0.0005);
        return new ParityTraining(dataset, method, form, new Component("sgd", descent), other, name, head);
    }

    ParityTraining with(Component other) {
        return new ParityTraining(dataset, method, form, optimizer, backbone, reference, Optional.of(other));
    }

    ParityTraining onImages() {
        return new ParityTraining(DigitImages.NAME, method, form, optimizer, backbone, reference, head);
    }

    /** @param folder may be written to */
    RecordedSteps.Result train(TensorEngine engine, Path folder) {
        RunFactory factory = new RunFactory(new Datasets(dataFolder(folder)), engine);
        try (Run run = factory.create(spec(), InProcessReplayMemory::new)) {
            return RecordedSteps.of(run);
        }
    }

    private Optional<Path> dataFolder(Path folder) {
        if (dataset.equals(DIGITS)) {
            return TorchScriptFiles.FOLDER;
        }
        DigitImages.write(folder);
        return Optional.of(folder);
    }

    /** Arguments of {@code bench/reference/parity.py} behind the two files. */
    List<String> referenceArguments() {
        List<String> arguments = new ArrayList<>(List.of("--method", method.name(), "--optimizer", optimizer.name()));
        arguments.addAll(List.of("--backbone", reference));
        arguments.addAll(List.of("--sample-shape", dataset.equals(DIGITS) ? "1,8,8" : "3,32,32"));
        String ofMethod = Runs.method(method.name()).heads().get(0);
        arguments.addAll(List.of("--head", head.map(Component::name).orElse(ofMethod)));
        if (form.kind() == ScenarioKind.TASK_INCREMENTAL) {
            arguments.add("--task-given");
        }
        arguments.addAll(List.of("--replay-batch-size", Integer.toString(REPLAY_BATCH)));
        arguments.addAll(List.of("--memory-capacity", Integer.toString(CAPACITY)));
        Map<String, Object> complete = new HashMap<>(entry().defaults().values());
        complete.putAll(method.settings());
        complete.forEach((name, value) -> arguments.addAll(List.of("--set", name + "=" + value)));
        optimizer.settings().forEach((name, value) -> {
            arguments.add("--" + name.replace('_', '-'));
            arguments.add(value.toString());
        });
        return arguments;
    }

    private CatalogEntry<Method> entry() {
        return Methods.CATALOG.get(method.name());
    }

    /** A full memory has 7 batches, of which three epochs make more than 50 steps. */
    private int epochs() {
        return entry().create(entry().defaults()).scope() == TrainingScope.MEMORY ? 3 : 1;
    }

    private RunSpec spec() {
        String file = backbone.name().equals("torchscript") ? "scripted.pt" : "";
        ScenarioSpec scenario = new ScenarioSpec(
                        dataset, OptionalInt.empty(), OptionalInt.of(2), OptionalInt.of(3), new ClassOrder.Ascending())
                .withForm(form);
        return new RunSpec(
                scenario,
                method,
                Optional.of(new BackboneSpec(backbone, file, head)),
                Optional.of(optimizer),
                new TrainingSpec(OptionalInt.of(epochs()), OptionalInt.of(16), Optional.empty()),
                new MemorySpec(OptionalInt.of(CAPACITY), OptionalInt.of(REPLAY_BATCH), "", ""),
                "cpu",
                OptionalLong.of(7));
    }
}
