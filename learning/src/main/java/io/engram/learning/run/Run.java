package io.engram.learning.run;

import ai.djl.Device;
import io.engram.learning.artifact.FrozenModel;
import io.engram.learning.artifact.ModelDescriptor;
import io.engram.learning.artifact.ModuleFile;
import io.engram.learning.artifact.NamedTensor;
import io.engram.learning.artifact.NextTask;
import io.engram.learning.augmentation.Augmentation;
import io.engram.learning.augmentation.Draws;
import io.engram.learning.checkpoint.Checkpoint;
import io.engram.learning.checkpoint.CorruptCheckpointException;
import io.engram.learning.checkpoint.Position;
import io.engram.learning.checkpoint.Totals;
import io.engram.learning.dataset.Dataset;
import io.engram.learning.dataset.Datasets;
import io.engram.learning.dataset.Samples;
import io.engram.learning.head.Classifiers;
import io.engram.learning.memory.ReplayMemory;
import io.engram.learning.memory.ReplayMemoryFactory;
import io.engram.learning.method.Exemplars;
import io.engram.learning.method.Method;
import io.engram.learning.method.Methods;
import io.engram.learning.method.TaskContext;
import io.engram.learning.method.TrainingScope;
import io.engram.learning.optimizer.Optimizer;
import io.engram.learning.optimizer.Optimizers;
import io.engram.learning.scenario.Scenario;
import io.engram.learning.scenario.Task;
import io.engram.learning.scenario.TaskSamples;
import io.engram.learning.scenario.TestLoader;
import io.engram.learning.scenario.TrainLoader;
import io.engram.learning.setting.Component;
import io.engram.learning.setting.Settings;
import io.engram.learning.tensor.TensorEngine;
import io.engram.replay.BufferSettings;
import io.engram.replay.SplitMix64;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * An assembled run: everything {@link TaskLoop} works on. Weights, order of the data, memory and augmentation draw from
 * separate generators, so that one does not shift another. Lives on the thread that made it; closing it frees its native memory and
 * its replay memory.
 */
public final class Run implements AutoCloseable {
    private static final int WEIGHTS = 1;
    private static final int DATA_ORDER = 2;
    private static final int MEMORY = 3;
    private static final int AUGMENTATION = 4;
    private static final int TEST_BATCH = 512;

    private final RunSpec spec;
    private final Scenario scenario;
    private final Method method;
    private final Learner learner;
    private final Optional<ReplayMemory> memory;
    private final Optional<ModuleFile> module;
    private final OptionalLong weightsSeed;
    private SplitMix64 dataOrder;
    private final Provenance provenance;

    Run(RunSpec complete, Datasets datasets, TensorEngine engine, ReplayMemoryFactory memories) {
        this(
                complete,
                create(Methods.CATALOG.get(complete.method().name())::create, complete.method()),
                datasets,
                engine,
                memories);
    }

    /** @param method in place of the one the spec names */
    Run(RunSpec complete, Method method, Datasets datasets, TensorEngine engine, ReplayMemoryFactory memories) {
        spec = complete;
        this.method = method;
        Dataset dataset = datasets.load(spec.scenario().dataset());
        dataset.read();
        scenario = Scenario.split(spec.scenario(), dataset, new ArrayList<>());
        Optimizer optimizer = create(Optimizers.CATALOG.get(optimizer().name())::create, optimizer());
        LoadedBackbone loaded = backbone().load(dataset.description().sampleShape(), datasets.folder(), engine);
        module = loaded.module();
        SplitMix64 random = new SplitMix64(spec.seed().orElseThrow());
        dataOrder = random.split(DATA_ORDER);
        SplitMix64 weights = random.split(WEIGHTS);
        weightsSeed = loaded.followsFromSeed() ? OptionalLong.of(weights.state()) : OptionalLong.empty();
        Device device = engine.device(spec.device());
        provenance = new Provenance(spec, engine, device, loaded.provenance());
        learner = new Learner(
                engine,
                device,
                scenario,
                loaded.backbone(),
                backbone().headOn(loaded.backbone()),
                method,
                optimizer,
                replayBatchSize(),
                capacity(),
                draws(engine, random.split(AUGMENTATION)),
                weights);
        memory = memory(memories, random.split(MEMORY).nextLong());
    }

    private static <T> T create(Function<Settings, T> factory, Component component) {
        return factory.apply(new Settings(component.settings()));
    }

    private Draws draws(TensorEngine engine, SplitMix64 random) {
        Augmentation augmentation = new Augmentation(spec.scenario().augmentation());
        return new Draws(augmentation, random, batchSize(), drawn(), engine.newManager(Device.cpu()));
    }

    private Optional<ReplayMemory> memory(ReplayMemoryFactory memories, long seed) {
        int capacity = method.replayCapacity(capacity());
        if (!method.usesMemory() || capacity == 0) {
            return Optional.empty();
        }
        BufferSettings settings = new BufferSettings(
                capacity,
                itemBytes(),
                spec.memory().insertionPolicy(),
                spec.memory().samplingPolicy(),
                seed);
        try {
            return Optional.of(memories.create(settings, Math.max(batchSize(), drawn())));
        } catch (RuntimeException e) {
            learner.close();
            throw e;
        }
    }

    /** The spec with every default filled in. */
    public RunSpec spec() {
        return spec;
    }

    public Scenario scenario() {
        return scenario;
    }

    public RunOutline outline() {
        return RunOutline.of(spec, scenario, method);
    }

    Method method() {
        return method;
    }

    Learner learner() {
        return learner;
    }

    Optional<ReplayMemory> memory() {
        return memory;
    }

    Samples trainSamples() {
        return scenario.dataset().train();
    }

    int batchSize() {
        return spec.training().batchSize().orElseThrow();
    }

    int replayBatchSize() {
        return spec.memory().batchSize().orElseThrow();
    }

    /** Remembered samples that a step is given. */
    int drawn() {
        return method.drawn(replayBatchSize());
    }

    /** Samples that the run may remember in all. */
    private int capacity() {
        return spec.memory().capacity().orElseThrow();
    }

    private int itemBytes() {
        return Learner.itemBytes(scenario, method);
    }

    Rehearsal rehearsal() {
        return new Rehearsal(
                memory.filter(m -> method.replay().usesMemory()),
                trainSamples(),
                method,
                itemBytes(),
                batchSize(),
                drawn());
    }

    TrainingSpec training() {
        return spec.training();
    }

    boolean resetsOptimizer() {
        return spec.training().resetOptimizer().orElseThrow();
    }

    Component optimizer() {
        return spec.optimizer().orElseThrow();
    }

    private BackboneSpec backbone() {
        return spec.backbone().orElseThrow();
    }

    /** Offers the memory the samples of a task, where tasks are trained on what it holds. Called once before a task. */
    void offer(Task task) {
        if (method.scope() == TrainingScope.MEMORY) {
            TrainLoader stream = new TrainLoader(scenario.training(task), batchSize(), dataOrder);
            held().offer(task, stream, batchSize());
        }
    }

    private HeldSamples held() {
        return new HeldSamples(memory.orElseThrow(), scenario);
    }

    private HeldOut split(Task task) {
        return method.scope() == TrainingScope.MEMORY
                ? HeldOut.none(held().all())
                : HeldOut.of(method, capacity(), scenario, task);
    }

    /** What a method may look at around a task. */
    TaskContext context(Task task) {
        List<Task> soFar = scenario.tasks().subList(0, task.index() + 1);
        HeldOut split = split(task);
        TaskSamples samples = split.trained();
        TrainLoader trainLoader = new TrainLoader(samples, batchSize(), dataOrder);
        TrainLoader heldOut = new TrainLoader(split.kept(), batchSize(), dataOrder);
        int[] testClasses = scenario.denseIds(scenario.dataset().test());
        List<TestLoader> testLoaders = soFar.stream()
                .map(t -> new TestLoader(t, testClasses, TEST_BATCH))
                .toList();
        Exemplars exemplars = new ExemplarMemory(
                memory, method.replayCapacity(capacity()), samples.samples(), samples.classes(), task, batchSize());
        return new TaskContext(task, memory, exemplars, trainLoader, heldOut, testLoaders, learner);
    }

    /** The run as it is now, between two steps; what was exchanged with the memory is committed. */
    Checkpoint checkpoint(Position position, List<Integer> order, Totals totals) {
        Map<String, Long> generators = new HashMap<>(learner.generators());
        generators.put("data_order", dataOrder.state());
        return new Checkpoint(
                spec.method().name(),
                scenario.dataset().fingerprint(),
                module.map(ModuleFile::sha256),
                provenance.computeThreads(),
                position,
                order,
                generators,
                memory.map(ReplayMemory::commit).orElse(0L),
                learner.stored(),
                totals);
    }

    /**
     * Takes up a checkpoint's state; the head has grown as far as then.
     *
     * @throws CorruptCheckpointException where it is one of another run
     */
    void resume(Checkpoint checkpoint) {
        checkpoint.requireOf(spec.method().name(), scenario.dataset().fingerprint(), module);
        provenance.goOnFrom(checkpoint);
        learner.resume(checkpoint.tensors(), checkpoint.generators());
        dataOrder = SplitMix64.ofState(checkpoint.generators().get("data_order"));
        memory.ifPresent(m -> m.restore(checkpoint.memoryVersion()));
    }

    /** What it holds now. */
    MemoryUse memoryUse() {
        long replay = memory.isPresent() ? (long) method.replayCapacity(capacity()) * itemBytes() : 0;
        return learner.memoryUse(replay);
    }

    /** The model as it is now, after {@code task}. */
    FrozenModel freeze(Task task) {
        List<List<Integer>> labels = IntStream.rangeClosed(0, task.index())
                .mapToObj(t -> scenario.tasks().get(t).labels())
                .toList();
        List<NamedTensor> weights =
                learner.frozen(Classifiers.CATALOG.get(method.classifier()).create(new Settings(Map.of())));
        ModelDescriptor descriptor = new ModelDescriptor(
                task.index(),
                scenario.dataset().name(),
                scenario.dataset().fingerprint(),
                Optional.of(scenario.dataset().testFingerprint()),
                scenario.form(),
                labels,
                nextTask(task),
                backbone().network(),
                module,
                backbone().head().orElseThrow(),
                method.classifier(),
                provenance.now());
        return new FrozenModel(descriptor, weights);
    }

    /** Empty where the first network did not have a column for each class of that task already. */
    private Optional<NextTask> nextTask(Task task) {
        int next = task.index() + 1;
        if (scenario.form().kind().bringsClasses() || next == scenario.tasks().size()) {
            return Optional.empty();
        }
        List<Integer> labels = scenario.tasks().get(next).labels();
        return labels.size() > scenario.classesUpTo(0)
                ? Optional.empty()
                : Optional.of(new NextTask(labels, weightsSeed));
    }

    @Override
    public void close() {
        try {
            memory.ifPresent(ReplayMemory::close);
        } finally {
            learner.close();
        }
    }
}
