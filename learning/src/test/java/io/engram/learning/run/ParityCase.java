package io.engram.learning.run;

import io.engram.learning.dataset.Datasets;
import io.engram.learning.memory.InProcessReplayMemory;
import io.engram.learning.method.Method;
import io.engram.learning.method.Methods;
import io.engram.learning.method.TrainingScope;
import io.engram.learning.scenario.ClassOrder;
import io.engram.learning.scenario.ScenarioSpec;
import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.setting.Component;
import io.engram.learning.tensor.TensorEngine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A training that is compared with eager PyTorch: on the digits, 54 steps over three tasks, so that the head grows twice
 * and the optimiser's state with it.
 */
enum ParityCase {
    FINETUNE_SGD("finetune", "sgd", Map.of("learning_rate", 0.1)),
    FINETUNE_MOMENTUM("finetune", "sgd", Map.of("learning_rate", 0.05, "momentum", 0.9, "weight_decay", 0.0005)),
    FINETUNE_ADAM("finetune", "adam", Map.of("learning_rate", 0.001)),
    EWC("ewc", Map.of("lambda", 500.0, "importance_samples", 40.0)),
    ONLINE_EWC("online-ewc", Map.of("lambda", 500.0, "gamma", 0.9, "importance_samples", 40.0)),
    SI("si", Map.of("c", 2.0, "xi", 0.01)),
    MAS("mas", Map.of("lambda", 3.0, "importance_samples", 40.0)),
    LWF("lwf", Map.of("lambda", 1.5, "temperature", 2.0)),
    LWF_BY_TASKS("lwf", Map.of("lambda", 1.5, "by_tasks", true)),
    LWF_ALL_CLASSES("lwf", Map.of("lambda", 1.5, "all_classes", true)),
    GPM("gpm", Map.of("threshold", 0.9)),
    ER_SGD("er", "sgd", Map.of("learning_rate", 0.1)),
    ER_MOMENTUM("er", "sgd", Map.of("learning_rate", 0.05, "momentum", 0.9, "weight_decay", 0.0005)),
    ER_ADAM("er", "adam", Map.of("learning_rate", 0.002, "weight_decay", 0.0001)),
    ER_BY_TASKS("er", Map.of("by_tasks", true)),
    A_GEM("a-gem", Map.of()),
    DER("der", Map.of("alpha", 0.7)),
    CUMULATIVE("cumulative", Map.of()),
    ER_ACE("er-ace", Map.of()),
    ER_AML("er-aml", Map.of()),
    MIR("mir", Map.of("candidates", 40.0)),
    GSS_GREEDY("gss-greedy", Map.of("compared", 5.0)),
    GDUMB("gdumb", Map.of()),
    DER_PLUS_PLUS("der++", Map.of("alpha", 0.4, "beta", 0.7)),
    ICARL("icarl", Map.of("temperature", 2.0)),
    BIC("bic", Map.of()),
    WEIGHT_ALIGNING("wa", Map.of()),
    SSIL("ssil", Map.of()),
    EEIL("eeil", Map.of("finetuning_epochs", 3.0)),
    LUCIR("lucir", Map.of()),
    PODNET("podnet", Map.of()),
    COSINE_HEAD("er", Component.named("cosine")),
    SPLIT_COSINE_HEAD("er", new Component("split-cosine", Map.of("proxies", 3.0))),
    CONV("finetune", new Component("conv", Map.of("filters", List.of(4.0, 8.0))), "conv:4,8"),
    CONV_ER("er", new Component("conv", Map.of("filters", List.of(4.0, 8.0))), "conv:4,8"),
    RESNET_20("finetune", Component.named("resnet20"), "resnet20"),
    RESNET_18("finetune", Component.named("resnet18"), "resnet18"),
    TORCHSCRIPT("finetune", TorchScriptFiles.component(true), "torchscript"),
    TORCHSCRIPT_ER("er", TorchScriptFiles.component(true), "torchscript");

    private static final int REPLAY_BATCH = 16;
    private static final int CAPACITY = 100;

    private final String method;
    private final Map<String, Object> methodSettings;
    private final String optimizer;
    private final Map<String, Object> settings;
    private final Component backbone;
    private final Optional<Component> head;
    private final String referenceBackbone;

    /** A method as it is set, with Adam. */
    ParityCase(String method, Map<String, Object> methodSettings) {
        this(method, methodSettings, "adam", Map.of("learning_rate", 0.002));
    }

    /** A head, with Adam. */
    ParityCase(String method, Component head) {
        this(method, Map.of(), "adam", Map.of("learning_rate", 0.002), mlp(), "mlp", Optional.of(head));
    }

    ParityCase(String method, String optimizer, Map<String, Object> settings) {
        this(method, Map.of(), optimizer, settings);
    }

    /** A backbone, with momentum and small steps, which keep what processors differ by far below what fixtures allow. */
    ParityCase(String method, Component backbone, String referenceBackbone) {
        this(
                method,
                Map.of(),
                "sgd",
                Map.of("learning_rate", 0.01, "momentum", 0.9, "weight_decay", 0.0005),
                backbone,
                referenceBackbone,
                Optional.empty());
    }

    ParityCase(String method, Map<String, Object> methodSettings, String optimizer, Map<String, Object> settings) {
        this(method, methodSettings, optimizer, settings, mlp(), "mlp", Optional.empty());
    }

    ParityCase(
            String method,
            Map<String, Object> methodSettings,
            String optimizer,
            Map<String, Object> settings,
            Component backbone,
            String referenceBackbone,
            Optional<Component> head) {
        this.method = method;
        this.methodSettings = methodSettings;
        this.optimizer = optimizer;
        this.settings = settings;
        this.backbone = backbone;
        this.head = head;
        this.referenceBackbone = referenceBackbone;
    }

    private static Component mlp() {
        return new Component("mlp", Map.of("hidden", List.of(24.0, 16.0)));
    }

    RecordedSteps.Result train(TensorEngine engine) {
        RunFactory factory = new RunFactory(new Datasets(TorchScriptFiles.FOLDER), engine);
        try (Run run = factory.create(spec(), InProcessReplayMemory::new)) {
            return RecordedSteps.of(run);
        }
    }

    /** Arguments of {@code bench/reference/parity.py} behind the two files. */
    List<String> referenceArguments() {
        List<String> arguments = new ArrayList<>(List.of("--method", method, "--optimizer", optimizer));
        arguments.addAll(List.of("--backbone", referenceBackbone));
        String ofMethod = Runs.method(method).heads().get(0);
        arguments.addAll(List.of("--head", head.map(Component::name).orElse(ofMethod)));
        arguments.addAll(List.of("--replay-batch-size", Integer.toString(REPLAY_BATCH)));
        arguments.addAll(List.of("--memory-capacity", Integer.toString(CAPACITY)));
        Map<String, Object> complete =
                new HashMap<>(Methods.CATALOG.get(method).defaults().values());
        complete.putAll(methodSettings);
        complete.forEach((name, value) -> arguments.addAll(List.of("--set", name + "=" + value)));
        settings.forEach((name, value) -> {
            arguments.add("--" + name.replace('_', '-'));
            arguments.add(value.toString());
        });
        return arguments;
    }

    /** Whether the result is small enough to be kept: a residual network's has a megabyte and more. */
    boolean hasFixture() {
        return !backbone.name().startsWith("resnet");
    }

    /** File of the reference's result in the test resources. */
    String fixture() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-') + ".bin";
    }

    /** A full memory has 7 batches, of which three epochs make more than 50 steps. */
    private int epochs() {
        CatalogEntry<Method> entry = Methods.CATALOG.get(method);
        return entry.create(entry.defaults()).scope() == TrainingScope.MEMORY ? 3 : 1;
    }

    private RunSpec spec() {
        String file = backbone.name().equals("torchscript") ? "scripted.pt" : "";
        ScenarioSpec scenario = new ScenarioSpec(
                "digits", OptionalInt.empty(), OptionalInt.of(2), OptionalInt.of(3), new ClassOrder.Ascending());
        return new RunSpec(
                scenario,
                new Component(method, methodSettings),
                Optional.of(new BackboneSpec(backbone, file, head)),
                Optional.of(new Component(optimizer, settings)),
                new TrainingSpec(OptionalInt.of(epochs()), OptionalInt.of(16), Optional.empty()),
                new MemorySpec(OptionalInt.of(CAPACITY), OptionalInt.of(REPLAY_BATCH), "", ""),
                "cpu",
                OptionalLong.of(7));
    }
}
