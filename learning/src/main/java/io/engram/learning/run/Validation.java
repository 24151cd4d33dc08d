package io.engram.learning.run;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.engram.learning.artifact.CorruptArtifactException;
import io.engram.learning.artifact.FrozenModel;
import io.engram.learning.artifact.ModelDescriptor;
import io.engram.learning.artifact.NamedTensor;
import io.engram.learning.backbone.Backbone;
import io.engram.learning.backbone.ParameterShape;
import io.engram.learning.dataset.Dataset;
import io.engram.learning.head.Classifier;
import io.engram.learning.metric.ModelScore;
import io.engram.learning.metric.NextTaskScore;
import io.engram.learning.metric.TaskScore;
import io.engram.learning.scenario.Batch;
import io.engram.learning.scenario.Scenario;
import io.engram.learning.scenario.ScenarioKind;
import io.engram.learning.scenario.Task;
import io.engram.learning.scenario.TaskSamples;
import io.engram.learning.scenario.TestLoader;
import io.engram.learning.tensor.TensorEngine;
import io.engram.learning.tensor.TensorProgram;
import io.engram.replay.SplitMix64;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Scores a frozen model on the test sets of the tasks 0 to the one it was frozen after, and on that of the next where its
 * descriptor tells it: evaluation mode, no gradients. The model chooses among all classes seen so far. Lives on the thread that
 * made it.
 */
public final class Validation implements AutoCloseable {
    private static final int TEST_BATCH = 512;
    private static final List<String> LISTS = List.of("parameters", "statistics", "classifier", "items", "data");
    private static final String OUTPUT = """
            def output(self, rows: Tensor) -> Tensor:
              return self.scores_of(self.parameters, self.statistics, self.classifier, self.inputs_of(rows))
            """;

    private final FrozenModel model;
    private final Dataset dataset;
    private final Optional<Path> dataDir;
    private final TensorEngine engine;
    private final Device device;
    private final Scenario scenario;
    private final Backbone backbone;
    private final int learned;
    private final int classes;
    private final NDManager manager;
    private final StepBuffers buffers;
    private final TensorProgram program;
    private final SampleTensors data;
    private Optional<TaskSamples> held = Optional.empty();
    private int heldTask = -1;

    /** Loads a model whose network is no file of the data folder. */
    public Validation(FrozenModel model, Dataset dataset, TensorEngine engine, Device device) {
        this(model, dataset, Optional.empty(), engine, device);
    }

    /**
     * Loads a model.
     *
     * @param dataset the data set the descriptor names
     * @param dataDir the data folder
     * @throws CorruptArtifactException where model and data set do not belong together, or the file that is its network is not the one
     *     that it was trained with
     * @throws io.engram.learning.artifact.ArtifactNotFoundException where that file is not in the data folder
     */
    public Validation(FrozenModel model, Dataset dataset, Optional<Path> dataDir, TensorEngine engine, Device device) {
        this.model = model;
        this.dataset = dataset;
        this.dataDir = dataDir;
        this.engine = engine;
        this.device = device;
        ModelDescriptor descriptor = model.descriptor();
        ModelParts.requireSameData(descriptor, dataset);
        scenario = Scenario.of(dataset, descriptor.form(), ModelParts.labelsToScore(descriptor));
        learned = descriptor.labelsByTask().size();
        classes = scenario.classesUpTo(learned - 1);
        backbone = ModelParts.backbone(descriptor, dataset, dataDir, engine);
        manager = engine.newManager(device);
        buffers = new StepBuffers(
                engine.newManager(Device.cpu()), dataset.description().sampleShape());
        Network network = new Network(backbone, ModelParts.head(descriptor, backbone), 0, new SplitMix64(0), manager);
        NDList ownTensors;
        Classifier classifier;
        try {
            classifier = ModelParts.classifier(descriptor);
            ownTensors = load(network, classifier, model);
        } catch (CorruptArtifactException e) {
            close();
            throw e;
        }
        data = new SampleTensors(dataset.description());
        program = new TensorProgram(
                manager, LISTS, network.text() + classifier.text() + data.text() + OUTPUT, network.module());
        program.set("classifier", ownTensors);
        program.set("parameters", network.parameters());
        program.set("statistics", network.statistics());
    }

    /** Scores on every task up to the model's own, in order. */
    public List<TaskScore> scores() {
        return score().tasks();
    }

    /** Scores on every task up to the model's own, and which class was taken for which. */
    public ModelScore score() {
        List<Task> tasks = scenario.tasks().subList(0, learned);
        ConfusionMeter confusion = new ConfusionMeter(scenario, tasks, classes);
        List<TaskScore> scores =
                tasks.stream().map(task -> score(task, confusion::add)).toList();
        return new ModelScore(scores, confusion.classes(), confusion.matrix());
    }

    /** The score on the task that comes next, and that of the untrained network; empty where the descriptor names no such task. */
    public Optional<NextTaskScore> nextTaskScore() {
        if (scenario.tasks().size() == learned) {
            return Optional.empty();
        }
        Task next = scenario.tasks().get(learned);
        return Optional.of(new NextTaskScore(
                scoreAlone(next),
                UntrainedNetwork.of(model.descriptor(), backbone, engine).map(untrained -> {
                    try (Validation validation = new Validation(untrained, dataset, dataDir, engine, device)) {
                        return validation.scoreAlone(next);
                    }
                })));
    }

    private TaskScore scoreAlone(Task task) {
        return score(task, (batch, inference) -> {});
    }

    /** @param counter counts what else there is to count */
    private TaskScore score(Task task, BiConsumer<Batch, Inference> counter) {
        hold(task);
        TestMeter meter = new TestMeter(task.index(), scenario.form().kind().bringsClasses());
        new TestLoader(task, held.get().classes(), TEST_BATCH).forEachBatch(batch -> {
            Inference inference = inference(task, batch);
            meter.add(inference);
            counter.accept(batch, inference);
        });
        return meter.score();
    }

    private void hold(Task task) {
        if (heldTask != task.index()) {
            held = Optional.of(scenario.test(task));
            data.use(held.get(), program, manager);
            heldTask = task.index();
        }
    }

    /** What the model says of a batch of test samples of a task. */
    public Inference inference(Task task, Batch batch) {
        hold(task);
        NDArray rows = buffers.rows(batch);
        try (NDList result = program.infer("output", rows)) {
            float[] output = result.get(0).toFloatArray();
            ClassRange all = new ClassRange(0, classes);
            ClassRange own = scenario.form().kind().bringsClasses() ? own(task) : all;
            int[] amongAll = all.largest(output, batch.size(), classes);
            int[] amongOwn = own.largest(output, batch.size(), classes);
            boolean told = scenario.form().kind() == ScenarioKind.TASK_INCREMENTAL;
            int right = right(amongAll, batch);
            int rightAmongOwn = right(amongOwn, batch);
            return new Inference(
                    output, told ? amongOwn : amongAll, told ? rightAmongOwn : right, right, rightAmongOwn);
        }
    }

    private ClassRange own(Task task) {
        int end = scenario.classesUpTo(task.index());
        return new ClassRange(end - task.labels().size(), end);
    }

    private static int right(int[] predictions, Batch batch) {
        int right = 0;
        for (int k = 0; k < predictions.length; k++) {
            right += predictions[k] == batch.classOf(k) ? 1 : 0;
        }
        return right;
    }

    /** Takes over the weights of the network; the tensors of the classifier, which lie behind them, are returned. */
    private NDList load(Network network, Classifier classifier, FrozenModel model) {
        List<ParameterShape> own = classifier.tensors(classes, network.featureSize());
        List<NamedTensor> tensors = model.weights();
        int ofNetwork = Math.max(0, tensors.size() - own.size());
        try {
            network.load(classes, tensors.subList(0, ofNetwork));
            Network.requireForms(own, tensors.subList(ofNetwork, tensors.size()));
            NDList loaded = new NDList();
            tensors.subList(ofNetwork, tensors.size())
                    .forEach(t -> loaded.add(manager.create(t.values(), Network.shape(t.shape()))));
            return loaded;
        } catch (IllegalArgumentException e) {
            throw new CorruptArtifactException("the weights do not fit the descriptor: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        buffers.close();
        manager.close();
    }
}
