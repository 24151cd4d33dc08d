package io.engram.learning.run;

import io.engram.learning.augmentation.Augmentation;
import io.engram.learning.backbone.Backbone;
import io.engram.learning.backbone.Backbones;
import io.engram.learning.backbone.ParameterShape;
import io.engram.learning.backbone.UnsuitableSamplesException;
import io.engram.learning.dataset.Dataset;
import io.engram.learning.dataset.DatasetUnavailableException;
import io.engram.learning.dataset.Datasets;
import io.engram.learning.method.Methods;
import io.engram.learning.optimizer.Optimizers;
import io.engram.learning.scenario.Scenario;
import io.engram.learning.scenario.ScenarioSpec;
import io.engram.learning.setting.Component;
import io.engram.learning.setting.Names;
import io.engram.learning.tensor.DeviceUnavailableException;
import io.engram.learning.tensor.TensorEngine;
import io.engram.learning.tensor.UnusableModuleException;
import io.engram.learning.weight.UnusableWeightsException;
import io.engram.replay.BufferSettings;
import io.engram.replay.PolicyCatalog;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

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
    private final Refusals refusals = new Refusals();

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
        RunSpec spec = Presets.fillIn(given, refusals.violations());
        checkScenario(spec.scenario());
        Optional<Component> method = refusals.component("method", Methods.CATALOG, spec.method());
        Optional<MethodNeeds> needs = method.map(named -> new MethodNeeds(named, refusals));
        needs.ifPresent(n -> n.checkScenario(spec.scenario().form().kind()));
        Optional<BackboneSpec> backbone =
                backbone(spec.backbone().orElse(BackboneSpec.of(Component.named("mlp"))), needs);
        Optional<Component> optimizer = refusals.component(
                "optimizer", Optimizers.CATALOG, spec.optimizer().orElse(Component.named("sgd")));
        TrainingSpec training = training(spec.training());
        MemorySpec memory = memory(spec.memory(), training.batchSize(), needs.map(MethodNeeds::insertionPolicy));
        String device = device(spec.device());
        long seed = spec.seed().orElse(1);
        if (seed < 0 || seed > MOST_SEED) {
            refusals.refuse("seed", seed, "0 to " + MOST_SEED);
        }
        if (refusals.areNone()) {
            checkTogether(spec.scenario(), backbone.orElseThrow(), memory, needs.orElseThrow());
        }
        if (!refusals.areNone()) {
            throw new InvalidRunSpecException(refusals.violations());
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

    private void checkTogether(ScenarioSpec scenario, BackboneSpec backbone, MemorySpec memory, MethodNeeds needs) {
        Dataset dataset = datasets.load(scenario.dataset());
        checkBackbone(backbone, dataset, needs);
        needs.checkMemory(memory, Scenario.split(scenario, dataset, refusals.violations()));
    }

    private void checkAugmentation(List<String> names) {
        Set<String> before = new HashSet<>();
        for (String name : names) {
            if (!Augmentation.NAMES.contains(name)) {
                refusals.refuse("scenario.augmentation", "\"" + name + "\"", Names.oneOf(Augmentation.NAMES, name));
            } else if (!before.add(name)) {
                refusals.refuse("scenario.augmentation", "\"" + name + "\" twice", "each at most once");
            }
        }
    }

    private void checkScenario(ScenarioSpec scenario) {
        checkAugmentation(scenario.augmentation());
        Optional<String> unknown = datasets.unknownPart(scenario.dataset());
        if (unknown.isPresent()) {
            refusals.refuse(
                    "scenario.dataset",
                    "\"" + scenario.dataset() + "\"",
                    datasets.names().contains(unknown.get())
                            ? "each data set of a sequence once"
                            : Names.oneOf(datasets.names(), unknown.get()));
            return;
        }
        try {
            Scenario.split(scenario, datasets.load(scenario.dataset()), refusals.violations());
        } catch (DatasetUnavailableException e) {
            refusals.refuse(
                    "scenario.dataset",
                    "\"" + scenario.dataset() + "\"",
                    "a data set that can be read; " + e.getMessage());
        }
    }

    private Optional<BackboneSpec> backbone(BackboneSpec given, Optional<MethodNeeds> method) {
        Optional<Component> head = method.flatMap(needs -> needs.head(given.head()));
        return refusals.component("backbone", Backbones.CATALOG, given.network())
                .map(network -> new BackboneSpec(network, given.weights(), head));
    }

    private void checkBackbone(BackboneSpec spec, Dataset dataset, MethodNeeds method) {
        try {
            Backbone backbone = spec.load(dataset.description().sampleShape(), datasets.folder(), engine)
                    .backbone();
            checkSize(backbone);
            method.checkInsight(backbone, spec.network().name());
        } catch (UnsuitableSamplesException e) {
            refusals.refuse(
                    "backbone.name",
                    "\"" + spec.network().name() + "\"",
                    "a network for the samples of " + dataset.name() + "; " + e.getMessage());
        } catch (UnusableWeightsException | UnusableModuleException e) {
            refusals.refuse("backbone.weights", "\"" + spec.weights() + "\"", e.getMessage());
        }
    }

    /** Width and depth have bounds of their own, but a network at both would fill any machine. */
    private void checkSize(Backbone backbone) {
        long parameters =
                backbone.parameters().stream().mapToLong(ParameterShape::size).sum();
        if (parameters > MOST_PARAMETERS) {
            refusals.refuse("backbone.settings", parameters + " parameters", "a network of at most " + MOST_PARAMETERS);
        }
    }

    private TrainingSpec training(TrainingSpec given) {
        if (given.checkpointSteps().isPresent() && given.checkpointEpochs().isPresent()) {
            refusals.refuse(
                    "training.checkpoint_steps",
                    given.checkpointSteps().getAsInt(),
                    "either checkpoint_steps or checkpoint_epochs");
        }
        return new TrainingSpec(
                given.stepsPerTask().isPresent()
                        ? given.epochs()
                        : refusals.bounded("training.epochs", given.epochs(), 1, 1, MOST_EPOCHS),
                refusals.optional("training.first_task_epochs", given.firstTaskEpochs(), MOST_EPOCHS),
                stepsPerTask(given),
                refusals.bounded("training.batch_size", given.batchSize(), 64, 1, MOST_BATCH),
                Optional.of(given.resetOptimizer().orElse(false)),
                refusals.optional("training.checkpoint_steps", given.checkpointSteps(), MOST_STEPS),
                refusals.optional("training.checkpoint_epochs", given.checkpointEpochs(), MOST_EPOCHS));
    }

    private MemorySpec memory(MemorySpec given, OptionalInt trainingBatch, Optional<String> policyOfMethod) {
        return new MemorySpec(
                refusals.bounded("memory.capacity", given.capacity(), 1000, 0, MOST_CAPACITY),
                refusals.bounded("memory.batch_size", given.batchSize(), trainingBatch.orElseThrow(), 1, MOST_BATCH),
                refusals.named(
                        "memory.insertion_policy",
                        given.insertionPolicy(),
                        policyOfMethod.orElse("reservoir"),
                        PolicyCatalog.insertionPolicies()),
                refusals.named(
                        "memory.sampling_policy", given.samplingPolicy(), "uniform", PolicyCatalog.samplingPolicies()));
    }

    private String device(String given) {
        String device = given.isEmpty() ? "auto" : given;
        if (!TensorEngine.DEVICES.matcher(device).matches()) {
            refusals.refuse("device", "\"" + device + "\"", "auto, cpu or cuda:N");
        } else {
            try {
                engine.device(device);
            } catch (DeviceUnavailableException e) {
                refusals.refuse("device", "\"" + device + "\"", "a device that this trainer has; " + e.getMessage());
            }
        }
        return device;
    }

    private OptionalInt stepsPerTask(TrainingSpec given) {
        if (given.stepsPerTask().isPresent()
                && (given.epochs().isPresent() || given.firstTaskEpochs().isPresent())) {
            refusals.refuse(
                    "training.steps_per_task", given.stepsPerTask().getAsInt(), "either steps_per_task or epochs");
        }
        return refusals.optional("training.steps_per_task", given.stepsPerTask(), MOST_STEPS);
    }
}
