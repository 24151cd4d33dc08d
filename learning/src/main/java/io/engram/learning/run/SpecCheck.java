package io.engram.learning.run;

import io.engram.learning.augmentation.Augmentation;
import io.engram.learning.backbone.Backbone;
import io.engram.learning.backbone.Backbones;
import io.engram.learning.backbone.ParameterShape;
import io.engram.learning.backbone.UnsuitableSamplesException;
import io.engram.learning.dataset.Dataset;
import io.engram.learning.dataset.DatasetUnavailableException;
import io.engram.learning.dataset.Datasets;
import io.engram.learning.head.Heads;
import io.engram.learning.method.Method;
import io.engram.learning.method.Methods;
import io.engram.learning.optimizer.Optimizers;
import io.engram.learning.scenario.Scenario;
import io.engram.learning.scenario.ScenarioKind;
import io.engram.learning.scenario.ScenarioSpec;
import io.engram.learning.setting.Catalog;
import io.engram.learning.setting.CatalogEntry;
import io.engram.learning.setting.Component;
import io.engram.learning.setting.Names;
import io.engram.learning.setting.Settings;
import io.engram.learning.setting.Violation;
import io.engram.learning.tensor.DeviceUnavailableException;
import io.engram.learning.tensor.TensorEngine;
import io.engram.learning.tensor.UnusableModuleException;
import io.engram.learning.weight.UnusableWeightsException;
import io.engram.replay.BufferSettings;
import io.engram.replay.PolicyCatalog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks a run spec whole, collects every violation, and fills in what was left out. */
final class SpecCheck {
    private static final long MOST_SEED = (1L << 53) - 1;
    private static final int MOST_BATCH = 65536;
    private static final int MOST_EPOCHS = 10000;
    private static final int MOST_STEPS = 10_000_000;
    private static final long MOST_PARAMETERS = 100_000_000;
    private static final int MOST_CAPACITY = BufferSettings.MAX_CAPACITY;

    private final Datasets datasets;
    private final TensorEngine engine;
    private final List<Violation> violations = new ArrayList<>();

    SpecCheck(Datasets datasets, TensorEngine engine) {
        this.datasets = datasets;
        this.engine = engine;
    }

    /**
     * The spec with every default filled in.
     *
     * @throws InvalidRunSpecException with everything that was refused
     */
    RunSpec complete(RunSpec given) {
        RunSpec spec = Presets.fillIn(given, violations);
        checkScenario(spec.scenario());
        Optional<Component> method = component("method", Methods.CATALOG, spec.method());
        method.ifPresent(named -> checkSupport(named, spec.scenario().form().kind()));
        Optional<BackboneSpec> backbone =
                backbone(spec.backbone().orElse(BackboneSpec.of(Component.named("mlp"))), method);
        Optional<Component> optimizer =
                component("optimizer", Optimizers.CATALOG, spec.optimizer().orElse(Component.named("sgd")));
        TrainingSpec training = training(spec.training());
        MemorySpec memory = memory(spec.memory(), training.batchSize(), method.map(SpecCheck::create));
        String device = device(spec.device());
        long seed = spec.seed().orElse(1);
        if (seed < 0 || seed > MOST_SEED) {
            refuse("seed", seed, "0 to " + MOST_SEED);
        }
        if (violations.isEmpty()) {
            Dataset dataset = datasets.load(spec.scenario().dataset());
            checkBackbone(backbone.orElseThrow(), dataset, method.orElseThrow());
            Scenario scenario = Scenario.split(spec.scenario(), dataset, violations);
            checkMemory(memory, method.orElseThrow(), scenario);
            checkScores(memory.insertionPolicy(), method.orElseThrow());
        }
        if (!violations.isEmpty()) {
            throw new InvalidRunSpecException(violations);
        }
        return new RunSpec(
                spec.scenario(),
                method.orElseThrow(),
                backbone,
                optimizer,
                training,
                memory,
                device,
                OptionalLong.of(seed),
                spec.preset());
    }

    private void checkAugmentation(List<String> names) {
        Set<String> before = new HashSet<>();
        for (String name : names) {
            if (!Augmentation.NAMES.contains(name)) {
                refuse("scenario.augmentation", "\"" + name + "\"", Names.oneOf(Augmentation.NAMES, name));
            } else if (!before.add(name)) {
                refuse("scenario.augmentation", "\"" + name + "\" twice", "each at most once");
            }
        }
    }

    private void checkScenario(ScenarioSpec scenario) {
        checkAugmentation(scenario.augmentation());
        Optional<String> unknown = datasets.unknownPart(scenario.dataset());
        if (unknown.isPresent()) {
            refuse(
                    "scenario.dataset",
                    "\"" + scenario.dataset() + "\"",
                    datasets.names().contains(unknown.get())
                            ? "each data set of a sequence once"
                            : Names.oneOf(datasets.names(), unknown.get()));
            return;
        }
        try {
            Scenario.split(scenario, datasets.load(scenario.dataset()), violations);
        } catch (DatasetUnavailableException e) {
            refuse(
                    "scenario.dataset",
                    "\"" + scenario.dataset() + "\"",
                    "a data set that can be read; " + e.getMessage());
        }
    }

    private <T> Optional<Component> component(String field, Catalog<T> catalog, Component given) {
        Optional<Settings> settings = catalog.check(field, given.name(), given.settings(), violations);
        return settings.map(checked -> new Component(given.name(), checked.values()));
    }

    private Optional<BackboneSpec> backbone(BackboneSpec given, Optional<Component> method) {
        Optional<Component> head = method.flatMap(named -> head(given.head(), named));
        return component("backbone", Backbones.CATALOG, given.network())
                .map(network -> new BackboneSpec(network, given.weights(), head));
    }

    private Optional<Component> head(Optional<Component> given, Component method) {
        List<String> heads = create(method).heads();
        Optional<Component> head =
                component("backbone.head", Heads.CATALOG, given.orElse(Component.named(heads.get(0))));
        if (head.isPresent() && !heads.contains(head.get().name())) {
            refuse(
                    "backbone.head.name",
                    "\"" + head.get().name() + "\"",
                    "for " + method.name() + " one of " + String.join(", ", heads));
        }
        return head;
    }

    private void checkBackbone(BackboneSpec spec, Dataset dataset, Component method) {
        try {
            Backbone backbone = spec.load(dataset.description().sampleShape(), datasets.folder(), engine)
                    .backbone();
            checkSize(backbone);
            checkInsight(backbone, spec, method);
        } catch (UnsuitableSamplesException e) {
            refuse(
                    "backbone.name",
                    "\"" + spec.network().name() + "\"",
                    "a network for the samples of " + dataset.name() + "; " + e.getMessage());
        } catch (UnusableWeightsException | UnusableModuleException e) {
            refuse("backbone.weights", "\"" + spec.weights() + "\"", e.getMessage());
        }
    }

    /** Some methods look inside the network, whose backbone has to tell what is there. */
    private void checkInsight(Backbone backbone, BackboneSpec spec, Component method) {
        boolean blind = backbone.layerInputs().isEmpty() && looksAt("layer_inputs_of", method)
                || backbone.stages().isEmpty() && looksAt("stages_of", method);
        if (blind) {
            refuse(
                    "method.name",
                    "\"" + method.name() + "\"",
                    "a method that does not look inside the backbone; "
                            + spec.network().name()
                            + " with trainable: true does not tell what its layers are given or its stages give");
        }
    }

    private static boolean looksAt(String function, Component method) {
        return create(method).text().contains("self." + function + "(");
    }

    /** Width and depth have bounds of their own, but a network at both would fill any machine. */
    private void checkSize(Backbone backbone) {
        long parameters =
                backbone.parameters().stream().mapToLong(ParameterShape::size).sum();
        if (parameters > MOST_PARAMETERS) {
            refuse("backbone.settings", parameters + " parameters", "a network of at most " + MOST_PARAMETERS);
        }
    }

    private TrainingSpec training(TrainingSpec given) {
        if (given.checkpointSteps().isPresent() && given.checkpointEpochs().isPresent()) {
            refuse(
                    "training.checkpoint_steps",
                    given.checkpointSteps().getAsInt(),
                    "either checkpoint_steps or checkpoint_epochs");
        }
        return new TrainingSpec(
                given.stepsPerTask().isPresent()
                        ? given.epochs()
                        : bounded("training.epochs", given.epochs(), 1, 1, MOST_EPOCHS),
                optional("training.first_task_epochs", given.firstTaskEpochs(), MOST_EPOCHS),
                stepsPerTask(given),
                bounded("training.batch_size", given.batchSize(), 64, 1, MOST_BATCH),
                Optional.of(given.resetOptimizer().orElse(false)),
                optional("training.checkpoint_steps", given.checkpointSteps(), MOST_STEPS),
                optional("training.checkpoint_epochs", given.checkpointEpochs(), MOST_EPOCHS));
    }

    private MemorySpec memory(MemorySpec given, OptionalInt trainingBatch, Optional<Method> method) {
        return new MemorySpec(
                bounded("memory.capacity", given.capacity(), 1000, 0, MOST_CAPACITY),
                bounded("memory.batch_size", given.batchSize(), trainingBatch.orElseThrow(), 1, MOST_BATCH),
                named(
                        "memory.insertion_policy",
                        given.insertionPolicy(),
                        method.map(Method::insertionPolicy).orElse("reservoir"),
                        PolicyCatalog.insertionPolicies()),
                named("memory.sampling_policy", given.samplingPolicy(), "uniform", PolicyCatalog.samplingPolicies()));
    }

    private void checkSupport(Component method, ScenarioKind kind) {
        if (!create(method).scenarios().contains(kind)) {
            String others = Methods.CATALOG.entries().stream()
                    .filter(entry -> entry.create(entry.defaults()).scenarios().contains(kind))
                    .map(CatalogEntry::name)
                    .collect(Collectors.joining(", "));
            refuse("method.name", "\"" + method.name() + "\"", "for " + kind.label() + " one of " + others);
        }
    }

    private void checkMemory(MemorySpec memory, Component method, Scenario scenario) {
        int classes = scenario.classesUpTo(scenario.tasks().size() - 1);
        int least = create(method).leastMemory(classes);
        int capacity = memory.capacity().orElseThrow();
        if (capacity < least) {
            refuse(
                    "memory.capacity",
                    capacity,
                    "at least " + least + " for " + method.name() + " of " + classes + " classes");
        }
    }

    /** A policy that decides by scores needs a method that gives them, and nothing else may be done with them. */
    private void checkScores(String policy, Component method) {
        boolean scores = create(method).replay().withScores();
        if (PolicyCatalog.byScore(policy) != scores) {
            String others = PolicyCatalog.insertionPolicies().stream()
                    .filter(name -> PolicyCatalog.byScore(name) == scores)
                    .collect(Collectors.joining(", "));
            refuse("memory.insertion_policy", "\"" + policy + "\"", "for " + method.name() + " one of " + others);
        }
    }

    private static Method create(Component method) {
        return Methods.CATALOG.get(method.name()).create(new Settings(method.settings()));
    }

    private String device(String given) {
        String device = given.isEmpty() ? "auto" : given;
        if (!TensorEngine.DEVICES.matcher(device).matches()) {
            refuse("device", "\"" + device + "\"", "auto, cpu or cuda:N");
        } else {
            try {
                engine.device(device);
            } catch (DeviceUnavailableException e) {
                refuse("device", "\"" + device + "\"", "a device that this trainer has; " + e.getMessage());
            }
        }
        return device;
    }

    private String named(String field, String given, String otherwise, Collection<String> known) {
        if (!given.isEmpty() && !known.contains(given)) {
            refuse(field, "\"" + given + "\"", Names.oneOf(known, given));
        }
        return given.isEmpty() ? otherwise : given;
    }

    private OptionalInt stepsPerTask(TrainingSpec given) {
        if (given.stepsPerTask().isPresent()
                && (given.epochs().isPresent() || given.firstTaskEpochs().isPresent())) {
            refuse("training.steps_per_task", given.stepsPerTask().getAsInt(), "either steps_per_task or epochs");
        }
        return optional("training.steps_per_task", given.stepsPerTask(), MOST_STEPS);
    }

    private OptionalInt optional(String field, OptionalInt given, int most) {
        return given.isEmpty() ? given : bounded(field, given, 1, 1, most);
    }

    private OptionalInt bounded(String field, OptionalInt given, int otherwise, int least, int most) {
        int value = given.orElse(otherwise);
        if (value < least || value > most) {
            refuse(field, value, least + " to " + most);
            return OptionalInt.of(otherwise);
        }
        return OptionalInt.of(value);
    }

    private void refuse(String field, Object value, String allowed) {
        violations.add(new Violation(field, String.valueOf(value), allowed));
    }
}
